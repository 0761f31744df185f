const CIVIL = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Whether a date exists: `2025`, `2025-09` or `2025-09-30`. */
export function isCivilDate(value: string): boolean {
  const [, year, month, day] = CIVIL.exec(value) ?? [];
  if (!year) return false;
  if (month && (Number(month) < 1 || Number(month) > 12)) return false;
  return !day || (Number(day) >= 1 && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate());
}

/** How exactly a date is known. */
export const precisionOf = (value: string): 'year' | 'month' | 'day' =>
  value.length === 4 ? 'year' : value.length === 7 ? 'month' : 'day';

/** `24/11/2026`, `24 11 2026` or `2026-11-24` as a civil date; null when there is no such day. */
export function dayOf(text: string): string | null {
  const [, day, month, year] = /^(\d{1,2})[/ .-](\d{1,2})[/ .-](\d{4})$/.exec(text) ?? [];
  const iso = day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && isCivilDate(iso) ? iso : null;
}

const london = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });

/** The civil day in London: `2026-11-24`. */
export const today = (now = new Date()): string => london.format(now);
