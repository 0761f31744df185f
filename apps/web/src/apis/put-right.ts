import type { AmendmentState, MinutedPart } from '@concordat/contracts';

/** That a meeting was cancelled, or is held at another time or place than before. */
export interface MeetingNotice {
  readonly step: 'cancel' | 'rearrange';
  readonly words: string;
  readonly was: { readonly heldOn: string; readonly startsAt: string; readonly place: string } | null;
  readonly byId: string;
  readonly at: string;
}
/** What was put right in minutes after they were issued, or is proposed to be. */
export interface Amendment {
  readonly id: string;
  readonly version: number;
  readonly part: MinutedPart;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  readonly state: AmendmentState;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
  readonly answeredWords: string | null;
}
/** The summary of a case's risk as it is kept, for whoever types it. */
export interface SummaryNow {
  readonly version: number;
  readonly harm: string;
  readonly contributory: string;
  readonly protective: string;
  readonly may: { readonly note: boolean };
}
