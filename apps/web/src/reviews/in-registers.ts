import { publicationDecisions } from '@concordat/contracts';
import type { CopyLine, CopyStanding, Register, RegisterQuery } from '../apis/registers';
import { DECISIONS } from './release-words';
import { isPage, sheetLinks } from './sheets';

type Given = Readonly<Record<string, unknown>>;

/** What of the register of central copies may be asked for alone. */
export const COPY_ONLY = [
  { value: 'open', text: 'To be sent, or not acknowledged in time' },
  { value: 'to-send', text: 'To be sent' },
  { value: 'sent', text: 'Sent, and not acknowledged yet' },
  { value: 'unanswered', text: 'Not acknowledged in time' },
  { value: 'acknowledged', text: 'Acknowledged' },
  { value: 'not-yet', text: 'Not due yet' },
];
/** What of the register of publications may be asked for alone. */
export const PUBLICATION_ONLY = [
  { value: 'look-again', text: 'To be looked at again now' },
  { value: 'undecided', text: 'Not decided yet' },
  { value: 'to-publish', text: 'To be published, and not published' },
  { value: 'shown', text: 'Something is published' },
];
export const decisionChoices = publicationDecisions.map((value) => ({ value, text: DECISIONS[value] }));

const CODE = /^[a-z0-9-]{1,64}$/;
const text = (given: Given, name: string): string => (typeof given[name] === 'string' ? given[name] : '');
const read = (given: Given, fits: Readonly<Record<string, (value: string) => boolean>>): RegisterQuery =>
  Object.fromEntries(
    Object.entries(fits).flatMap(([name, fit]) => (fit(text(given, name)) ? [[name, text(given, name)]] : [])),
  );
const page = isPage;
const code = (value: string): boolean => CODE.test(value);
const among = (choices: readonly { readonly value: string }[]) => (value: string) =>
  choices.some((c) => c.value === value);

/** What of an address may be asked of the register of central copies. What is none of its words is left out. Pure. */
export const readCopies = (given: Given): RegisterQuery =>
  read(given, { kind: code, body: code, only: among(COPY_ONLY), page });

/** The same of the register of publications. Pure. */
export const readPublications = (given: Given): RegisterQuery =>
  read(given, { kind: code, decision: among(decisionChoices), only: among(PUBLICATION_ONLY), page });

/** The address of a register with what is asked. Pure. */
export function registerHref(path: string, query: RegisterQuery): string {
  const asked = new URLSearchParams(query).toString();
  return asked ? `${path}?${asked}` : path;
}

/** What a page of a register shows beside its lines: how many there are, where it goes on, and what narrows it. Pure. */
export function registerView(path: string, query: RegisterQuery, register: Register<unknown>, noun: [string, string]) {
  const { page: _, ...filters } = query;
  const { total, pages } = register;
  const now = register.page;
  const at = (to: number) => registerHref(path, to === 1 ? filters : { ...filters, page: String(to) });
  return {
    count: `${total} ${total === 1 ? noun[0] : noun[1]}`,
    ...{ filtered: Object.keys(filters).length > 0, clearHref: path, csvHref: registerHref(`${path}.csv`, filters) },
    ...sheetLinks({ page: now, pages }, at),
    kinds: register.kinds.map(({ code: value, title }) => ({ value, text: title })),
  };
}

const dayCount = (days: number | null): string => `${days ?? 0} ${days === 1 ? 'day' : 'days'}`;
const STANDINGS: Readonly<Record<CopyStanding, (line: CopyLine) => { text: string; colour: string }>> = {
  'not-yet': () => ({ text: 'Not due yet', colour: 'grey' }),
  // What has no time limit shows its age, and is never overdue.
  'to-send': ({ days }) => ({ text: `To be sent, for ${dayCount(days)}`, colour: 'orange' }),
  sent: () => ({ text: 'Sent', colour: 'blue' }),
  unanswered: ({ days }) => ({ text: `Not acknowledged, ${dayCount(days)} late`, colour: 'red' }),
  acknowledged: () => ({ text: 'Acknowledged', colour: 'green' }),
};

/** How a copy stands, in words and not by colour alone. Pure. */
export const copyStanding = (line: CopyLine) => STANDINGS[line.standing](line);
