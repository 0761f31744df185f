import { lastDayBeginningWith } from '@concordat/clocks';
import type { ReviewKind } from '@concordat/packs';
import type { Recorded } from './review';

/** A line of the complaint ledger: what was complained of, when, and by whom as the ledger names them. */
export interface Complaint extends Recorded {
  readonly id: string;
  readonly behaviourOn: string;
  readonly complainedOn: string;
  /** As the ledger tells people apart: “Neighbour A”, not a name. */
  readonly complainant: string;
  readonly summary: string;
}

/** Why a complaint does not qualify; null when it does. */
export type NotQualifying = 'before-behaviour' | 'too-late' | 'too-old' | 'after-application' | 'same-incident';

export interface ThresholdFinding {
  readonly complaints: readonly { readonly id: string; readonly not: NotQualifying | null }[];
  readonly qualifying: number;
  /** How many it takes. */
  readonly needed: number;
  /** Then a review must be carried out, whatever else local procedures say. */
  readonly mandatory: boolean;
  /** Local caveats that would defeat what the law gives. They decide nothing. */
  readonly defeated: readonly string[];
}

/**
 * thresholdOf tests an application by the number of its qualifying complaints (2014 Act s.104(3)-(5)): each made within the
 * kind's months beginning with the behaviour, the application within its months beginning with the complaint. Complaints of
 * different people add up; several by one person of one incident count once. A complaint dated before its behaviour is an
 * error of data and does not count. Local caveats are tested apart, and never make fewer than the law's number enough or
 * more than it needed. Undefined when the kind has no such test, or nobody has recorded when it was applied for. Pure.
 */
export function thresholdOf(
  { threshold, criteria }: Pick<ReviewKind, 'threshold' | 'criteria'>,
  complaints: readonly Complaint[],
  appliedOn: string | undefined,
): ThresholdFinding | undefined {
  const needed = criteria.find(({ code }) => code === threshold?.criterion)?.count;
  if (!threshold || needed === undefined || appliedOn?.length !== 10) return undefined;
  const counted = new Set<string>();
  const judged = complaints.map((complaint) => {
    const incident = `${complaint.complainant.trim().toLowerCase()} ${complaint.behaviourOn}`;
    const not = whyNot(complaint, appliedOn, threshold) ?? (counted.has(incident) ? ('same-incident' as const) : null);
    if (not === null) counted.add(incident);
    return { id: complaint.id, not };
  });
  const qualifying = judged.filter(({ not }) => not === null);
  const people = new Set(
    complaints.filter(({ id }) => qualifying.some((q) => q.id === id)).map((c) => c.complainant.trim().toLowerCase()),
  );
  const mandatory = qualifying.length >= needed;
  const defeated = (threshold.caveats ?? []).filter(
    (caveat) => mandatory && qualifying.length < caveat.count && (!caveat.severalPeople || people.size > 1),
  );
  return {
    ...{ complaints: judged, qualifying: qualifying.length, needed, mandatory },
    defeated: defeated.map(({ text }) => text),
  };
}

type Threshold = NonNullable<ReviewKind['threshold']>;

function whyNot(
  { behaviourOn, complainedOn }: Complaint,
  appliedOn: string,
  { complaintMonths, applicationMonths }: Threshold,
): NotQualifying | null {
  if (complainedOn < behaviourOn) return 'before-behaviour';
  if (complainedOn > lastDayBeginningWith(behaviourOn, complaintMonths)) return 'too-late';
  if (appliedOn < complainedOn) return 'after-application';
  return appliedOn > lastDayBeginningWith(complainedOn, applicationMonths) ? 'too-old' : null;
}

/** Outcomes of an application of which the threshold is not decided. */
export const UNTESTED: ReadonlySet<string> = new Set(['WITHDRAWN', 'REDIRECTED']);

/**
 * outcomeBarred says why an outcome cannot be decided on a finding, or null. Where the number is met a review must follow,
 * and nothing local defeats it; where it is not, nobody may say that it is. Pure.
 */
export function outcomeBarred(finding: ThresholdFinding | undefined, outcome: string): string | null {
  if (!finding || UNTESTED.has(outcome)) return null;
  if (finding.mandatory && outcome !== 'MET_MANDATORY')
    return `${finding.qualifying} complaints qualify and it takes ${finding.needed}: the threshold is met`;
  if (!finding.mandatory && outcome === 'MET_MANDATORY')
    return `${finding.qualifying} complaints qualify and it takes ${finding.needed}: decide under the procedures`;
  return null;
}
