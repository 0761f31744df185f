import { dayInWords, inWords } from '@concordat/contracts';
import type { Environment } from 'nunjucks';

const ZONE = 'Europe/London';
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: ZONE });
const time = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: ZONE });

type Moment = string | number | Date | null | undefined;
const asDate = (value: Moment): Date | null => {
  if (value === null || value === undefined || value === '') return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at;
};

/** `22 November 2026`, as it is in London. */
export const dateOf = (value: Moment): string => {
  const at = asDate(value);
  return at ? date.format(at) : '';
};

/** `2:30pm`, `midday`, `midnight`, as it is in London. */
export function timeOf(value: Moment): string {
  const at = asDate(value);
  if (!at) return '';
  const text = time.format(at).replace(/\s/g, '').toLowerCase().replace(':00', '');
  if (text === '12pm' || text === '0pm') return 'midday';
  if (text === '12am' || text === '0am') return 'midnight';
  return text.replace(/^0:/, '12:');
}

/** A time of the clock, `14:30`, as people say it: `2:30pm`. No zone is involved. */
export function clockOf(value: unknown): string {
  const [, hour, minute] = (typeof value === 'string' && /^(\d\d):(\d\d)$/.exec(value)) || [];
  if (!hour || !minute) return typeof value === 'string' ? value : '';
  if (minute === '00' && hour === '12') return 'midday';
  if (minute === '00' && hour === '00') return 'midnight';
  return `${Number(hour) % 12 || 12}${minute === '00' ? '' : `:${minute}`}${Number(hour) < 12 ? 'am' : 'pm'}`;
}

/** `22 November 2026 at 2:30pm`. */
export const dateTimeOf = (value: Moment): string => {
  const at = asDate(value);
  return at ? `${dateOf(at)} at ${timeOf(at)}` : '';
};

/** A civil date as exactly as it is known: `22 November 2026`, `November 2026`, `2026`. No zone is involved. */
export const civilDateOf = (value: unknown): string => (typeof value === 'string' ? dayInWords(value) : '');

/** An NHS number in 3-3-4 groups, whatever groups it came in. */
export function nhsNumberOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  const digits = value.replace(/\D/g, '');
  return digits.length === 10 ? `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}` : value;
}

/** A code as words, for codes that have no title of their own: `information-requested` is "Information requested". */
export function wordsOf(code: unknown): string {
  return typeof code === 'string' ? inWords(code) : '';
}

/**
 * Where something stands, as people read it: packs name pages of the project's own notes by their files, which nobody who
 * reads a page has.
 */
export function sourceOf(source: unknown): string {
  if (typeof source !== 'string') return '';
  return source.replace(
    /domain\/([a-z-]+)\.md/g,
    (_, name: string) => `Concordat’s notes on ${name.replace(/-/g, ' ')}`,
  );
}

/** Exact to a thousand, then honest: `1`, `25`, `more than 1,000` (user-interface.md §2). */
export function countOf(count: { value: number; more: boolean } | number | null | undefined): string {
  if (count === null || count === undefined) return '0';
  if (typeof count === 'number') return count.toLocaleString('en-GB');
  return `${count.more ? 'more than ' : ''}${count.value.toLocaleString('en-GB')}`;
}

/** How late something is, in words: never by colour alone (user-interface.md §2). */
export function lateBy(due: Moment, now: Date = new Date()): string {
  const at = asDate(due);
  if (!at) return '';
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 60) return 'less than an hour overdue';
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} ${hours === 1 ? 'hour' : 'hours'} overdue`;
  return `${Math.floor(hours / 24)} days overdue`;
}

export function addFilters(env: Environment): void {
  const filters = { date: dateOf, time: timeOf, dateTime: dateTimeOf, civilDate: civilDateOf, nhsNumber: nhsNumberOf };
  const more = {
    clock: clockOf,
    words: wordsOf,
    source: sourceOf,
    count: countOf,
    lateBy: (due: Moment) => lateBy(due),
  };
  for (const [name, filter] of Object.entries({ ...filters, ...more }))
    env.addFilter(name, filter as (...args: unknown[]) => unknown);
}
