import type { Mark } from './suppression';

/** A number as people see it: itself, that it is a small one, or that it is not shown because it would tell of one. */
export type Shown = number | Mark;

/**
 * The nearest multiple of `base`, a half upwards. Numbers that are shown by many overlapping questions are rounded, so that no
 * difference of two answers tells how many there are of few. Pure.
 */
export const roundedTo = (value: number, base: number): number => Math.floor(value / base + 0.5) * base;

/** A number as it is written; null is one that there is not. Pure. */
export function shownText(shown: Shown | null, limit: number): string {
  if (shown === null) return 'Not compared';
  if (shown === 'few') return `Fewer than ${limit}`;
  return shown === 'hidden' ? 'Not shown' : shown.toLocaleString('en-GB');
}

/** A change in per cent as it is written. Pure. */
export const changeText = (change: number | null): string =>
  change === null ? 'Not compared' : change === 0 ? 'No change' : `${change > 0 ? 'Up' : 'Down'} ${Math.abs(change)}%`;

/** A share in per cent as it is written. Pure. */
export const shareText = (share: number | null): string => (share === null ? 'Not shown' : `about ${share}%`);
