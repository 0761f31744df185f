import type { Names } from '../apis/directory';
import type { Referral } from '../apis/referrals';
import { wordsOf } from '../design/filters';

export type HistoryLine = Referral['history'][number];

/** Titles for the codes of a history, as the pack gives them. */
export interface Titles {
  readonly colour: (code: string) => string;
  readonly reason: (code: string) => string;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  accept: 'Accepted',
  redirect: 'Redirected',
  'step-up': 'Stepped up',
  'step-down': 'Stepped down',
  signpost: 'Signposted',
  'no-further-action': 'No further action',
};
export const outcomeTitle = (code: string): string => OUTCOMES[code] ?? wordsOf(code);

/** What happened, in words. */
export function happened(line: HistoryLine, titles: Titles, names: Pick<Names, 'person'>): string {
  const { what, from, to } = line;
  switch (what) {
    case 'received':
      return 'Referral received';
    case 'rated':
      return from
        ? `Colour changed from ${titles.colour(from)} to ${titles.colour(to ?? '')}`
        : `Rated ${titles.colour(to ?? '')}`;
    case 'assigned':
      return to ? `Assigned to ${names.person(to)}` : 'Assigned to nobody';
    case 'noted':
      return 'Note added';
    case 'information-requested':
      return 'Information requested';
    case 'information-returned':
      return 'Information returned';
    case 'decided':
      return `Decided: ${outcomeTitle(to ?? '')}`;
    case 'feedback-given':
      return 'Feedback given to the referrer';
    case 'reopened':
      return 'Reopened';
    case 'withdrawn':
      return 'Withdrawn by the referrer';
    case 'clock-passed':
      return `Time to decide passed (${titles.colour(to ?? '')})`;
    default:
      return wordsOf(what);
  }
}

/** A history as a timeline shows it. */
export function timelineOf(history: readonly HistoryLine[], titles: Titles, names: Pick<Names, 'person'>) {
  return history.map((line) => ({
    title: happened(line, titles, names),
    by: line.what === 'clock-passed' ? null : names.person(line.by),
    at: line.at,
    lines: [line.reason ? `Reason: ${titles.reason(line.reason)}` : null, line.rationale ?? null].filter(
      (t) => t !== null,
    ),
  }));
}

/** The lines that came after a version: each but a passed clock made a version of its own. Newest first. */
export function since(history: readonly HistoryLine[], current: number, version: number): HistoryLine[] {
  return history
    .filter((line) => line.what !== 'clock-passed' && line.what !== 'received')
    .slice(0, Math.max(0, current - version));
}
