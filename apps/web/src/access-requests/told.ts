import type { AccessItem, AccessPractice, AccessRequest, Answerable } from '../apis/access-requests';
import type { Names } from '../apis/directory';
import { civilDateOf, wordsOf } from '../design/filters';

const STATES: Readonly<Record<AccessRequest['state'], { readonly state: string; readonly tag: string }>> = {
  open: { state: 'Open', tag: 'blue' },
  prepared: { state: 'To be released', tag: 'orange' },
  released: { state: 'Released', tag: 'green' },
  closed: { state: 'Closed', tag: 'grey' },
};
export const requesters: Readonly<Record<AccessRequest['requester'], string>> = {
  themselves: 'The person themselves',
  parent: 'A parent, for a child',
  representative: 'Somebody who acts for them',
};

const PAUSES: Readonly<Record<string, string>> = {
  identity: 'it is not known yet who asks',
  clarification: 'they were asked something',
};
const STEPS: Readonly<Record<string, string>> = {
  gather: 'What is held was gathered',
  decide: 'A part was decided about',
  'prove-identity': 'It became known who asks',
  ask: 'They were asked something',
  answered: 'They answered',
  extend: 'The time was extended',
  prepare: 'Prepared to be released',
  return: 'Sent back to be prepared again',
  release: 'The answer was released',
  close: 'Closed without an answer',
};
/** A step that was taken, in words. */
export const stepTitle = (what: string): string => STEPS[what] ?? wordsOf(what);

/** A request with words for its codes. */
export const told = (request: AccessRequest, names: Names) => ({
  ...request,
  ...STATES[request.state],
  area: names.area(request.areaId),
  requesterTitle: requesters[request.requester],
  stopped: PAUSES[request.pauses.find((p) => p.to === null)?.why ?? ''] ?? null,
});

/** Whom a request is about, so that they can be told from others of the name. */
export function nameOf({ name, births }: Pick<Answerable, 'name' | 'births'>): string {
  const full = [name?.given, name?.family].filter(Boolean).join(' ') || 'Name not known';
  const born = births.map((b) => civilDateOf(b.value)).join(' or ');
  return born ? `${full}, born ${born}` : full;
}

const SOURCES: Readonly<Record<string, string>> = { records: 'Cases', referrals: 'Referrals', audit: 'Audit trail' };
const DECISIONS = { give: 'Given', redact: 'Given in part', withhold: 'Withheld' } as const;

/** An item with words for its codes. */
export const toldItem = (item: AccessItem, names: Names, { exemptions }: AccessPractice) => ({
  ...item,
  text: withNames(item, names),
  sourceTitle: SOURCES[item.source] ?? item.source,
  decisionTitle: item.decision ? DECISIONS[item.decision] : 'To be decided',
  tag: item.decision === null ? 'red' : item.decision === 'give' ? 'green' : 'orange',
  ground: exemptions.find((e) => e.code === item.exemption)?.title ?? item.exemption,
  decider: item.decidedBy ? names.person(item.decidedBy) : null,
});

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Agencies are told by id elsewhere; whoever prepares an answer reads their names. */
const withNames = ({ kind, text }: AccessItem, names: Names): string =>
  kind === 'accesses' ? text.replace(UUID, (id) => names.organisation(id)) : text;
