import type { AbuseKind } from '@concordat/contracts';
import { addMonths, civilDate, type CivilDay } from '@concordat/clocks';

/** Of the older definition: what would be a crime if it were reported. A dispute or a message alone is not among it. */
const OLDER: ReadonlySet<AbuseKind> = new Set(['violence-or-threats', 'stalking-or-harassment', 'sexual-abuse']);

/** What a forum understands by a repeat (domain/risk-conferences.md §2.3). Local, versioned and dated, as every rule. */
export interface RepeatPractice {
  /** `older`: what would be criminal. `current`: any abuse. */
  readonly definition: 'older' | 'current';
  /** From which day the window runs: that of the referral, or that on which the case was heard. */
  readonly anchor: 'last-referral' | 'last-heard';
  /** How long the window is. The day after the anchor is in it, and so is the same day number at its end. */
  readonly months: number;
}

/** An earlier referral of a victim to the forum. */
export interface EarlierReferral {
  readonly id: string;
  readonly victim: string;
  readonly perpetrators: readonly string[];
  readonly referredOn: CivilDay;
  /** Absent while it has not been heard. */
  readonly heardOn?: CivilDay;
}

/** What happened now. No report to the police is needed. */
export interface Incident {
  readonly victim: string;
  readonly perpetrators: readonly string[];
  readonly kind: AbuseKind;
  readonly at: Date;
}

export type RepeatFinding =
  | { readonly repeat: true; readonly of: string; readonly anchor: CivilDay; readonly until: CivilDay }
  | {
      readonly repeat: false;
      readonly reason:
        'no-earlier-referral' | 'different-pair' | 'not-heard' | 'not-after-anchor' | 'later' | 'not-in-definition';
    };

/**
 * repeatOf says whether an incident makes a repeat. Pure. The pair is the victim and any one perpetrator; the civil day of the
 * incident in London counts, never the day on which it is referred again; of several earlier referrals of the pair the last whose
 * anchor is before the incident is meant. What is no repeat is a new referral, and may still meet every other criterion.
 */
export function repeatOf(
  incident: Incident,
  earlier: readonly EarlierReferral[],
  practice: RepeatPractice,
): RepeatFinding {
  const ofVictim = earlier.filter(({ victim }) => victim === incident.victim);
  if (ofVictim.length === 0) return { repeat: false, reason: 'no-earlier-referral' };
  const ofPair = ofVictim.filter(({ perpetrators }) => perpetrators.some((one) => incident.perpetrators.includes(one)));
  if (ofPair.length === 0) return { repeat: false, reason: 'different-pair' };
  const anchored = ofPair.flatMap(({ id, referredOn, heardOn }) => {
    const anchor = practice.anchor === 'last-referral' ? referredOn : heardOn;
    return anchor === undefined ? [] : [{ id, anchor }];
  });
  if (anchored.length === 0) return { repeat: false, reason: 'not-heard' };
  const day = civilDate(incident.at);
  const [last] = anchored.filter(({ anchor }) => anchor < day).sort((a, b) => (a.anchor < b.anchor ? 1 : -1));
  if (!last) return { repeat: false, reason: 'not-after-anchor' };
  const until = addMonths(last.anchor, practice.months);
  if (day > until) return { repeat: false, reason: 'later' };
  if (practice.definition === 'older' && !OLDER.has(incident.kind))
    return { repeat: false, reason: 'not-in-definition' };
  return { repeat: true, of: last.id, anchor: last.anchor, until };
}
