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
