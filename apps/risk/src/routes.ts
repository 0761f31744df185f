import { inForce, type Pathway } from '@concordat/packs';

/** A count by which a referral may be made to a forum, and whether a score meets it. */
export interface Route {
  readonly forum: string;
  readonly criterion: string;
  /** `id@version` of the threshold. */
  readonly rule: string;
  readonly met: boolean;
}

/**
 * The routes of referral that count by an instrument, on a civil day (domain/risk-conferences.md §2.2). One that is not met
 * refuses nothing: judgement, escalation and repeat are routes of their own. Pure.
 */
export function routesOf(pathways: readonly Pathway[], instrument: string, score: number | null, day: string): Route[] {
  if (score === null) return [];
  return pathways.flatMap(({ criteria }) =>
    criteria.flatMap(({ code, thresholds }) =>
      inForce(thresholds ?? [], day)
        .filter((threshold) => threshold.instrument === instrument)
        .map(({ id, version, forum, operator, value }) => ({
          ...{ forum, criterion: code, rule: `${id}@${version}` },
          met: operator === '>' ? score > value : score >= value,
        })),
    ),
  );
}
