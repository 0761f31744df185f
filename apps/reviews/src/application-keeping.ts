import { addMonths, civilDate } from '@concordat/clocks';

/** What decides until when a settled application is kept. Instants as ISO 8601. */
export interface SettledApplication {
  readonly receivedAt: string;
  /** When it was set aside, or a review was made of it; null for what was settled before that was kept. */
  readonly settledAt: string | null;
  readonly reviewId: string | null;
  /** When the review that was made of it came to its end; null while it goes on. */
  readonly closedAt: string | null;
}

/** As the pack has it: periods as ISO 8601 writes them, in years or months. */
export interface KeepingPeriods {
  readonly setAside: string;
  readonly closed: string;
}

const monthsOf = (period: string): number => Number(period.slice(1, -1)) * (period.endsWith('Y') ? 12 : 1);

/**
 * keptUntil is the last civil day on which a settled application is kept: counted from the day on which it was set aside, or on
 * which its review came to its end. Null while that review goes on. An appeal takes the review up again, and its end is
 * another then. Pure.
 */
export function keptUntil(
  { receivedAt, settledAt, reviewId, closedAt }: SettledApplication,
  { setAside, closed }: KeepingPeriods,
): string | null {
  if (reviewId === null) return addMonths(civilDate(new Date(settledAt ?? receivedAt)), monthsOf(setAside));
  return closedAt === null ? null : addMonths(civilDate(new Date(closedAt)), monthsOf(closed));
}
