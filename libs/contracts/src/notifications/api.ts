/** What can be due. Each kind is made of events of one context, and says nothing of whom it is about. */
export const deadlineKinds = [
  'triage',
  'onward-referral',
  'conference-action',
  'meeting-research',
  'meeting-minutes',
  'forum-flag',
  'review-action',
  'review-clock',
  'agreement-review',
  'agreement-expiry',
  'partnership-duty',
  'glass-review',
  'emergency-review',
  'breach-assessment',
] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** What somebody is told of a meeting that they are named for. Nothing of it is due. */
export const meetingNotices = [
  'meeting-cancelled',
  'meeting-rearranged',
  'meeting-called',
  'agenda-issued',
  'minutes-issued',
] as const;
export type MeetingNotice = (typeof meetingNotices)[number];

/** What happened and wants somebody, though no deadline is made of it: each kind says nothing of whom it is about. */
export const happeningKinds = [
  ...meetingNotices,
  'contact-asked',
  'referral-assigned',
  'case-assigned',
  'information-requested',
  'information-returned',
  'action-proposed',
  'action-escalated',
  'review-action-proposed',
  'review-action-returned',
  'question-asked',
  'question-answered',
  'authority-claimed',
  'webhook-failing',
] as const;
export type HappeningKind = (typeof happeningKinds)[number];

/** All that somebody may be told of outside of the pages, each as soon as they chose. */
export const messageKinds = [...deadlineKinds, ...happeningKinds] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Pending until its time, fired when that has passed with nothing done; met when it was done, and cancelled when nothing is due any more. */
export const deadlineStatuses = ['pending', 'fired', 'met', 'cancelled'] as const;
export type DeadlineStatus = (typeof deadlineStatuses)[number];

/** Whose attention a rung of a ladder asks for. */
export const rungRecipients = ['owner', 'team-lead', 'board'] as const;
export type RungRecipient = (typeof rungRecipients)[number];

/** By what somebody is reached outside of the pages. */
export const messageChannels = ['email', 'text'] as const;
export type MessageChannel = (typeof messageChannels)[number];

/** How soon somebody is told there: at once, with all else of the day or of the week, or not. */
export const messageRhythms = ['now', 'daily', 'weekly', 'none'] as const;
export type MessageRhythm = (typeof messageRhythms)[number];

/** Why a notice did not arrive. */
export const noticeFailures = ['recipient-refused', 'message-refused', 'not-taken', 'temporary', 'technical'] as const;
export type NoticeFailure = (typeof noticeFailures)[number];

/** Whose deadlines somebody looks at. */
export const deadlineScopes = ['mine', 'team', 'agency', 'partnership'] as const;
export type DeadlineScope = (typeof deadlineScopes)[number];

/** Which of them: still to come, past and not done, or over. */
export const deadlineStates = ['open', 'overdue', 'ended'] as const;
export type DeadlineState = (typeof deadlineStates)[number];
