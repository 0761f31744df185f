import { actionInWords, contexts, isId, outcomeInWords, type ObjectRef } from '@concordat/contracts';
import { serviceActorId } from '@concordat/platform';
import type { TrailItem } from '../apis/audit';
import type { Names } from '../apis/directory';
import { wordsOf } from '../design/filters';

const SERVICES = new Map(contexts.map((context) => [serviceActorId(context), context]));
export const OUTCOMES: Readonly<Record<string, { readonly text: string; readonly tag: string }>> = {
  done: { text: outcomeInWords('done'), tag: 'grey' },
  denied: { text: outcomeInWords('denied'), tag: 'red' },
  failed: { text: outcomeInWords('failed'), tag: 'orange' },
};
/** Which filter of the trail finds acts about a thing of this kind. A referral is a record, like the case that comes of it. */
const FILTER: Partial<Record<ObjectRef['t'], string>> = {
  case: 'case',
  referral: 'case',
  erasure: 'case',
  person: 'person',
  staff: 'user',
  organisation: 'agency',
};
const SHOWN = 3;

/** Ids are too long to read: their first eight digits tell one from another on a page. */
const short = (id: string): string => id.slice(0, 8);

interface Link {
  readonly text: string;
  readonly href: string | null;
}

/** What something is called on a page of the trail, and where to find the acts about it. */
export function linkTo({ t, id }: Pick<ObjectRef, 't' | 'id'>, names: Names): Link {
  const ours: boolean = isId(id);
  if (t === 'agreement' && !ours)
    return { text: `Agreement ${id}`, href: `/audit?agreement=${encodeURIComponent(id)}` };
  const filter = FILTER[t];
  const name =
    t === 'staff' ? names.person(id) : t === 'organisation' ? names.organisation(id) : `${wordsOf(t)} ${short(id)}`;
  return { text: name, href: filter ? `/audit?${filter}=${id}` : null };
}

/** An act as a line of the trail: who, what, and about whom, each a link to more of the same. */
export function lineOf(item: TrailItem, names: Names) {
  const subjects = item.subjects.map((id) => linkTo({ t: 'person', id }, names));
  const objects = item.objects.filter((o) => !item.subjects.includes(o.id)).map((o) => linkTo(o, names));
  const about = [...objects, ...subjects];
  const service = item.actor ? SERVICES.get(item.actor) : undefined;
  return {
    ...item,
    href: `/audit/entries/${item.eventId}`,
    title: item.action ? actionInWords(item.action) : wordsOf(item.act.toLowerCase().replaceAll('_', '-')),
    outcomeShown: OUTCOMES[item.outcome] ?? { text: item.outcome, tag: 'grey' },
    who: service
      ? { text: `The service ${service}`, href: `/audit?user=${item.actor}` }
      : item.actor
        ? { text: names.person(item.actor), href: `/audit?user=${item.actor}` }
        : { text: item.erased ? 'Erased' : 'Not readable', href: null },
    organisation: item.actorOrg ? linkTo({ t: 'organisation', id: item.actorOrg }, names) : null,
    role: item.actorRole ? wordsOf(item.actorRole) : null,
    about: about.slice(0, SHOWN),
    others: about.slice(SHOWN),
    facts: factsOf(item, names),
  };
}

/** Everything else that is on record of an act, in rows; what the act does not have is left out. */
export function factsOf(item: TrailItem, names: Names): { key: string; value: string }[] {
  const rows: [string, string | null | undefined][] = [
    ['Purpose', item.purpose && wordsOf(item.purpose)],
    ['Decision', item.decision && wordsOf(item.decision)],
    ['Rule', item.rule],
    ['Reasons', item.reasons.map(reasonInWords).join(', ')],
    ['Justification', item.justification],
    ['Disclosed to', item.recipients.map((r) => names.organisation(r.org)).join(', ')],
    ['What was shown', item.items.map(wordsOf).join(', ')],
    ...Object.entries(item.detail ?? {}).map(([key, value]): [string, string] => [
      DETAIL[key] ?? keyInWords(key),
      plain(value),
    ]),
    ['Correlation', item.corr],
  ];
  return rows.flatMap(([key, value]) => (value ? [{ key, value }] : []));
}

const DETAIL: Readonly<Record<string, string>> = {
  method: 'HTTP method',
  path: 'Address asked for',
  address: 'Network address',
  terms: 'Searched for',
};
/** What is kept of an act beside its own parts, as it reads: nothing for what is empty. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join(', ');
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  const parts = Object.entries(value).map(([key, part]) => [keyInWords(key), plain(part)] as const);
  return parts.flatMap(([key, part]) => (part ? [`${key}: ${part}`] : [])).join('; ');
}

/** `areaId` is "Area id". */
const keyInWords = (key: string): string => wordsOf(key.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase());

const REASONS: Readonly<Record<string, string>> = {
  'role.not-entitled': 'Their role does not allow it',
  'record.restricted': 'It is restricted to named staff',
};

/** Why something was refused, for people: `trail.forbidden` is "Trail: forbidden". */
export const reasonInWords = (code: string): string => REASONS[code] ?? wordsOf(code.replace('.', ': '));

/** The ids of staff that a list names. */
export const staffIn = (items: readonly TrailItem[]): (string | null)[] =>
  items.flatMap((i) => [
    i.actor && !SERVICES.has(i.actor) ? i.actor : null,
    ...i.objects.filter((o) => o.t === 'staff').map((o) => o.id),
  ]);
