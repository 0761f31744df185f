import type { AsbFigures } from '../apis/asb';

type Figure = Exclude<keyof AsbFigures, 'contradictions'>;

/** The four that the law asks for (2014 Act s.104(9)). */
export const FOUR: readonly (readonly [Figure, string])[] = [
  ['applications', 'Applications for a case review'],
  ['notMet', 'Times that the threshold was decided not to be met'],
  ['reviews', 'Case reviews carried out'],
  ['withRecommendations', 'Case reviews that resulted in recommendations'],
];
/** What stands beside them, so that anybody can check that they agree. */
export const BESIDE: readonly (readonly [Figure, string])[] = [
  ['openAtStart', 'Open when the period began'],
  ['reopened', 'Reopened on appeal'],
  ['reviewedThoughNotMet', 'Reviewed although the threshold was not met'],
  ['withdrawn', 'Withdrawn'],
  ['redirected', 'Redirected'],
  ['openAtEnd', 'Open when the period ended'],
];

/** The reconciliation in numbers: what came in, and what became of it. Pure. */
export const reconciliationOf = (f: AsbFigures): string =>
  `${f.openAtStart} + ${f.applications} + ${f.reopened} = ` +
  `(${f.notMet} - ${f.reviewedThoughNotMet}) + ${f.reviews} + ${f.withdrawn} + ${f.redirected} + ${f.openAtEnd}`;

export const rowsOf = (f: AsbFigures, list: typeof FOUR) => list.map(([name, text]) => ({ text, count: f[name] }));

/** A period as packs write it, in words: `P6Y` is 6 years. Pure. */
export function periodIn(period: string): string {
  const count = Number(period.slice(1, -1));
  const unit = period.endsWith('Y') ? 'year' : 'month';
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
