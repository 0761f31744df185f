import type { ActKind } from './act-kinds';

/** inWords turns a code without a title of its own into words: `information-requested` is "Information requested". */
export function inWords(code: string): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What was done, for people: `referral.request-information` is "Request information: referral". */
export function actionInWords(action: string): string {
  const [noun = '', verb = ''] = action.split('.');
  return `${inWords(verb)}: ${noun.replaceAll('-', ' ')}`;
}

const KINDS: Readonly<Record<ActKind, string>> = {
  read: 'Read',
  changed: 'Changed or decided',
  disclosed: 'Disclosed',
  searched: 'Searched',
  exported: 'Exported or taken out',
  refused: 'Refused',
  'broke-the-glass': 'Opened in an emergency',
};

/** A kind of acts, for people. */
export const actKindInWords = (kind: ActKind): string => KINDS[kind];

const OUTCOMES: Readonly<Record<string, string>> = { done: 'Done', denied: 'Refused', failed: 'Failed' };

/** How an act ended, for people; an outcome of another time as it stands in its leaf. */
export const outcomeInWords = (outcome: string): string => OUTCOMES[outcome] ?? outcome;

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** dayInWords says a civil date as exactly as it is known: `22 November 2026`, `November 2026`, `2026`; anything else as it stands. */
export function dayInWords(day: string): string {
  if (/^\d{4}-\d{2}$/.test(day)) return MONTH.format(new Date(`${day}-01T00:00:00Z`));
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? DAY.format(new Date(`${day}T00:00:00Z`)) : day;
}
