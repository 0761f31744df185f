import { IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsUUID, Matches } from 'class-validator';
import { EventType } from '../event';
import {
  actionStates,
  type ActionState,
  contactStates,
  type ContactState,
  decidedHow,
  type DecidedHow,
  flagStates,
  type FlagState,
  minutesDueStates,
  type MinutesDueState,
  referralStandings,
  type ReferralStanding,
  researchCallStates,
  type ResearchCallState,
} from './api';

const CODE = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;

@EventType(
  'risk.assessment-completed.v1',
  'Somebody’s risk was assessed in a case: by which instrument, and in which band. Answers and reasons are asked of risk.',
)
export class AssessmentCompleted {
  @IsUUID() caseId!: string;
  @IsUUID() assessmentId!: string;
  /** The agency that assessed. */
  @IsUUID() orgId!: string;
  @Matches(CODE) instrument!: string;
  @IsInt() instrumentVersion!: number;
  /** A band of that instrument, and comparable to that of no other. */
  @Matches(CODE) band!: string;
  @IsISO8601() completedAt!: string;
  /** The assessment that this one corrects. */
  @IsOptional() @IsUUID() supersedes?: string;
}

@EventType(
  'risk.case-referred-to-forum.v1',
  'A case was referred to a forum, by which agency, and whether it is a repeat. Why is asked of risk.',
)
export class CaseReferredToForum {
  @IsUUID() caseId!: string;
  @IsUUID() referralId!: string;
  @IsUUID() forumId!: string;
  /** Code of the kind of forum. */
  @Matches(CODE) kind!: string;
  /** The agency that referred it. */
  @IsUUID() orgId!: string;
  /** The earlier referral that this one repeats. */
  @IsOptional() @IsUUID() repeatOf?: string;
}

@EventType(
  'risk.case-heard.v1',
  'A case was heard at a meeting of a forum. What was said and decided is asked of risk.',
)
export class CaseHeard {
  @IsUUID() caseId!: string;
  @IsUUID() referralId!: string;
  @IsUUID() meetingId!: string;
  @IsUUID() forumId!: string;
  @IsISO8601() heardAt!: string;
  /** How the members came to what was decided, where the forum votes. */
  @IsOptional() @IsIn(decidedHow) decidedHow?: DecidedHow;
}

@EventType('risk.conference-action-changed.v1', 'An action of a meeting was proposed for an agency, or moved on.')
export class ConferenceActionChanged {
  @IsUUID() caseId!: string;
  @IsUUID() actionId!: string;
  @IsUUID() meetingId!: string;
  /** The agency that is to do it. */
  @IsUUID() orgId!: string;
  @IsIn(actionStates) state!: ActionState;
  @IsISO8601() dueOn!: string;
}

@EventType(
  'risk.meeting-statement-signed.v1',
  'Somebody signed the confidentiality statement of a meeting, for their agency. What was declared beside it is asked of risk.',
)
export class MeetingStatementSigned {
  @IsUUID() meetingId!: string;
  @IsUUID() forumId!: string;
  @IsUUID() userId!: string;
  @IsUUID() orgId!: string;
  /** The purpose that agreements name for such meetings. */
  @Matches(/^[A-Z][A-Z0-9_-]{0,39}$/) purpose!: string;
  @IsISO8601() signedAt!: string;
}

@EventType(
  'risk.forum-flag-changed.v1',
  'An agency was asked to mark its file after a case was heard, has marked it, or has unmarked it.',
)
export class ForumFlagChanged {
  @IsUUID() caseId!: string;
  @IsUUID() flagId!: string;
  @IsUUID() forumId!: string;
  /** The agency whose file it is. */
  @IsUUID() orgId!: string;
  @IsIn(flagStates) state!: FlagState;
  /** The last day on which further abuse makes a repeat. */
  @IsISO8601() expiresOn!: string;
}

@EventType(
  'risk.forum-referral-changed.v1',
  'A referral to a forum was returned, completed, not accepted, challenged, withdrawn or merged into another. Why is asked of risk.',
)
export class ForumReferralChanged {
  @IsUUID() caseId!: string;
  @IsUUID() referralId!: string;
  @IsUUID() forumId!: string;
  /** The agency that referred. */
  @IsUUID() orgId!: string;
  @IsIn(referralStandings) standing!: ReferralStanding;
  /** The referral about the same matter that stays in its place. */
  @IsOptional() @IsUUID() mergedInto?: string;
}

@EventType(
  'risk.forum-stage-ended.v1',
  'A stage of a case at a forum that runs beside others ended, such as a strategy discussion of a hub.',
)
export class ForumStageEnded {
  @IsUUID() caseId!: string;
  @IsUUID() referralId!: string;
  @IsUUID() forumId!: string;
  /** Code of the kind of forum, and of the stage in it. */
  @Matches(CODE) kind!: string;
  @Matches(CODE) stage!: string;
  @IsISO8601() endedOn!: string;
}

@EventType(
  'risk.forum-stage-began.v1',
  'A stage of a case at a forum began, such as the assessment by a Channel panel or a step up of a hub. Nothing falls due by it.',
)
export class ForumStageBegan {
  @IsUUID() caseId!: string;
  @IsUUID() referralId!: string;
  @IsUUID() forumId!: string;
  /** Code of the kind of forum, and of the stage in it. */
  @Matches(CODE) kind!: string;
  @Matches(CODE) stage!: string;
  @IsISO8601() beganOn!: string;
}

@EventType(
  'risk.emergency-meeting-called.v1',
  'A forum was called to meet about one case out of its rhythm, and when it begins. Why is asked of risk.',
)
export class EmergencyMeetingCalled {
  @IsUUID() caseId!: string;
  @IsUUID() referralId!: string;
  @IsUUID() meetingId!: string;
  @IsUUID() forumId!: string;
  @IsISO8601() startsAt!: string;
  /** Who is named in the forum, and for which agencies. */
  @IsOptional() @IsArray() @IsUUID('all', { each: true }) people?: string[];
  @IsOptional() @IsArray() @IsUUID('all', { each: true }) orgs?: string[];
}

@EventType(
  'risk.agenda-issued.v1',
  'The agenda of a meeting is issued to the members of its forum, and research is open. Which cases are on it is asked of risk.',
)
export class AgendaIssued {
  @IsUUID() meetingId!: string;
  @IsUUID() forumId!: string;
  /** When it begins. */
  @IsISO8601() startsAt!: string;
  /** Who is named in the forum, and for which agencies. */
  @IsArray() @IsUUID('all', { each: true }) people!: string[];
  @IsArray() @IsUUID('all', { each: true }) orgs!: string[];
}

@EventType(
  'risk.minutes-issued.v1',
  'The minutes of a meeting are issued to the members of its forum. What each may read of them is asked of risk.',
)
export class MinutesIssued {
  @IsUUID() meetingId!: string;
  @IsUUID() forumId!: string;
  /** When the meeting began by its agenda. */
  @IsISO8601() startsAt!: string;
  /** Who is named in the forum, and for which agencies. */
  @IsArray() @IsUUID('all', { each: true }) people!: string[];
  @IsArray() @IsUUID('all', { each: true }) orgs!: string[];
}

@EventType(
  'risk.meeting-cancelled.v1',
  'A meeting of a forum will not be held; its cases go to the next. Why is asked of risk.',
)
export class MeetingCancelled {
  @IsUUID() meetingId!: string;
  @IsUUID() forumId!: string;
  /** When it would have begun. */
  @IsISO8601() startsAt!: string;
  /** Who is named in the forum, and for which agencies. */
  @IsArray() @IsUUID('all', { each: true }) people!: string[];
  @IsArray() @IsUUID('all', { each: true }) orgs!: string[];
}

@EventType(
  'risk.meeting-rearranged.v1',
  'A meeting of a forum is held at another time, or elsewhere. Why, and where, is asked of risk.',
)
export class MeetingRearranged {
  @IsUUID() meetingId!: string;
  @IsUUID() forumId!: string;
  /** When it begins now. */
  @IsISO8601() startsAt!: string;
  /** Who is named in the forum, and for which agencies. */
  @IsArray() @IsUUID('all', { each: true }) people!: string[];
  @IsArray() @IsUUID('all', { each: true }) orgs!: string[];
}

@EventType(
  'risk.advocate-contact-changed.v1',
  'The agency of an advocate was asked to speak with somebody before a meeting, has tried to, or has. What was said is asked of risk.',
)
export class AdvocateContactChanged {
  @IsUUID() caseId!: string;
  @IsUUID() contactId!: string;
  @IsUUID() referralId!: string;
  @IsUUID() forumId!: string;
  /** The agency of the advocate. */
  @IsUUID() orgId!: string;
  @IsIn(contactStates) state!: ContactState;
}

@EventType(
  'risk.forum-transfer-changed.v1',
  'A case was transferred from one forum to another, or that was acknowledged there. Why, and what went with it, is asked of risk.',
)
export class ForumTransferChanged {
  @IsUUID() caseId!: string;
  @IsUUID() transferId!: string;
  @IsUUID() fromForum!: string;
  @IsUUID() toForum!: string;
  @IsBoolean() acknowledged!: boolean;
}

@EventType(
  'risk.minutes-amended.v1',
  'Minutes of a case were put right after they were issued, with the agreement of a chair. What changed is asked of risk.',
)
export class MinutesAmended {
  @IsUUID() caseId!: string;
  @IsUUID() meetingId!: string;
  @IsUUID() forumId!: string;
  @IsUUID() itemId!: string;
}

@EventType(
  'risk.research-call-changed.v1',
  'An agency is asked what it holds about a case before a meeting, by another day than before, has answered, or is asked no more. What it answered is asked of risk.',
)
export class ResearchCallChanged {
  @IsUUID() caseId!: string;
  @IsUUID() callId!: string;
  @IsUUID() meetingId!: string;
  @IsUUID() forumId!: string;
  /** The agency that is asked. */
  @IsUUID() orgId!: string;
  /** Who is named first for it in the forum. */
  @IsOptional() @IsUUID() personId?: string;
  @IsIn(researchCallStates) state!: ResearchCallState;
  @IsISO8601() dueOn!: string;
}

@EventType(
  'risk.minutes-due-changed.v1',
  'Minutes of a meeting are to be issued by a day, or by another than before; they are issued, or the meeting is not held.',
)
export class MinutesDueChanged {
  @IsUUID() meetingId!: string;
  @IsUUID() forumId!: string;
  /** The agency that keeps the forum. */
  @IsUUID() orgId!: string;
  @IsIn(minutesDueStates) state!: MinutesDueState;
  @IsISO8601() dueOn!: string;
}
