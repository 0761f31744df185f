import { isWorkingDay, rangeOf } from '@concordat/clocks';
import type { ReviewKind } from '@concordat/packs';
import { dateOf, type ReviewDocument } from './review';

/** What a check of dates found. Nothing is ever corrected by it (domain/statutory-reviews.md §2). */
export interface DateFinding {
  readonly level: 'error' | 'warning';
  readonly text: string;
  /** Codes of the two dates of an error, and the dates themselves. */
  readonly earlier?: string;
  readonly later?: string;
  readonly dates?: string;
  /** Why it is right all the same, once somebody has said. */
  readonly allowed?: string;
}

/** The guard of the meeting at which the panel signs the report off; the commissioning body does so after it. */
const PANEL_SIGNED = 'panel-signed';
/** The order in which a review's dates come: death, aware, decision, start, terms, sign-off, QA, letter, publication. */
const ORDER = [
  ...(['death', 'aware', 'decision', 'start', 'terms', PANEL_SIGNED, 'sign-off', 'qa', 'letter'] as const),
  'publication',
] as const;
const EVERY_DAY = { id: 'england-and-wales', bankHolidays: 'england-and-wales', hours: {} } as const;

/**
 * checkDates says what is out of order (an error, until it is corrected or allowed with a reason), and what is odd (a
 * warning): a meeting on a day that is no working day, a date known to the month or year only. Of dates that are not known
 * to the day only what cannot be is an error. Pure.
 */
export function checkDates(kind: ReviewKind, document: ReviewDocument): DateFinding[] {
  return [...disorder(kind, document), ...oddities(kind, document)];
}

/** Errors that nobody has allowed: no step is taken over them. */
export const openDateErrors = (kind: ReviewKind, document: ReviewDocument): DateFinding[] =>
  disorder(kind, document).filter(({ allowed }) => allowed === undefined);

function disorder(kind: ReviewKind, document: ReviewDocument): DateFinding[] {
  const title = (code: string): string =>
    [...kind.facts, ...signings(kind)].find((f) => f.code === code)?.title ?? code;
  const known = ORDER.flatMap((code) =>
    (code === PANEL_SIGNED ? signedOn(document) : eachOf(kind, document, code)).map((date) => ({ code, date })),
  );
  const found: DateFinding[] = [];
  for (const [i, later] of known.entries())
    for (const earlier of known.slice(0, i)) {
      if (earlier.code === later.code || rangeOf(earlier.date).earliest <= rangeOf(later.date).latest) continue;
      const dates = `${earlier.date} ${later.date}`;
      const allowed = document.allowedDates.findLast(
        (a) => a.earlier === earlier.code && a.later === later.code && a.dates === dates,
      );
      found.push({
        ...{ level: 'error', earlier: earlier.code, later: later.code, dates },
        text: `“${title(later.code)}” is before “${title(earlier.code)}”`,
        ...(allowed ? { allowed: allowed.reason } : {}),
      });
    }
  return found;
}

function oddities(kind: ReviewKind, document: ReviewDocument): DateFinding[] {
  return kind.facts.flatMap(({ code, title, meeting }) =>
    eachOf(kind, document, code).flatMap((date): DateFinding[] => {
      if (date.length < 10)
        return [{ level: 'warning', text: `“${title}” is known to the ${date.length === 7 ? 'month' : 'year'} only` }];
      return meeting && !isWorkingDay(date, EVERY_DAY)
        ? [{ level: 'warning', text: `“${title}” is on a weekend or a bank holiday` }]
        : [];
    }),
  );
}

const signings = ({ guards }: ReviewKind) =>
  guards.filter(({ code }) => code === PANEL_SIGNED).map(({ code, text }) => ({ code, title: text }));

/** The day of the last meeting of this round that signed the report off. */
const signedOn = ({ meetings = [], round }: ReviewDocument): string[] =>
  meetings
    .filter((m) => m.round === round && m.lacked.length === 0 && m.agreed.includes(PANEL_SIGNED))
    .slice(-1)
    .map(({ on }) => on);

/** The date of something, or of each party that has one of its own. */
function eachOf(kind: ReviewKind, document: ReviewDocument, code: string): string[] {
  const own = kind.facts.find((f) => f.code === code)?.perParty;
  return (own ? document.parties : [null]).flatMap((party) => dateOf(document, code, party) ?? []);
}
