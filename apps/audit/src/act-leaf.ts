import { actCode, isId, permissions, type ActRecorded, type ObjectRef, type Received } from '@concordat/contracts';
import { canonicalJson, isCode, type Leaf } from '@concordat/ledger';
import { agreementMention, agreementOf } from './under-agreement';

/** An act as its producer's relay numbered it. */
export type Act = Received<ActRecorded>;

/**
 * How many of a kind a leaf names; the detail names all. Keeps an entry below 65,535 bytes whatever a producer lists,
 * because an act that cannot be sealed would stop every later one of its producer.
 */
const NAMED = { subjects: 300, objects: 300, recipients: 30, codes: 40 } as const;
const MORE = 'more-in-detail';
/** Stands for a value that is not a code and so could identify: the detail has it. */
const WITHHELD = 'withheld';

/** The name under which the pseudonym of a record or a caller-given value is kept. Ids are unique by themselves. */
const ofObject = (o: ObjectRef): string => (isOurs(o.id) ? o.id : `${o.t}/${o.id}`.replaceAll('\0', ''));
const isOurs = (id: string): boolean => isId(id);
const ofGiven = (value: string): string => `given/${value}`.replaceAll('\0', '');

/** realsOf lists what an act names that must not stand in a leaf as it is. */
export function realsOf({ data }: Act): string[] {
  return [
    data.actor,
    ...data.subjects.slice(0, NAMED.subjects),
    ...data.objects.slice(0, NAMED.objects).map(ofObject),
    ...[data.corr, data.cause].filter((v): v is string => v !== undefined && !isId(v)).map(ofGiven),
  ];
}

/**
 * detailOf is what the leaf commits to: the act as its producer recorded it, with real ids, and what was sealed in it.
 * Canonical JSON. Never throws for what a caller could have put there, such as half a surrogate pair in a search term.
 */
export function detailOf({ data }: Act, opened: Record<string, unknown>): string {
  const act = Object.fromEntries(Object.entries(data).filter(([name, v]) => name !== 'sealed' && v !== undefined));
  try {
    return canonicalJson({ act, detail: opened });
  } catch {
    return canonicalJson({ act: plain(act), detail: plain(opened) });
  }
}

/** The act and the opened part of what `detailOf` wrote. */
export function readDetail(text: string): { act: Omit<ActRecorded, 'sealed'>; detail: Record<string, unknown> } {
  return JSON.parse(text) as { act: Omit<ActRecorded, 'sealed'>; detail: Record<string, unknown> };
}

/** What can be written as canonical JSON of `value`: strings made well-formed, what is nested deeply as text. */
function plain(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('utf8');
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 20) return plain(JSON.stringify(value));
  if (Array.isArray(value)) return value.map((v) => plain(v, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [plain(k), plain(v, depth + 1)]));
}

/** What a leaf needs beside its act. */
export interface Sealing {
  readonly origin: string;
  readonly recordedAt: Date;
  readonly commit: string;
  /** The random name, in this log, of a real one that `realsOf` gave. */
  readonly pseudonym: (real: string) => string;
}

/** leafOf says of an act what may be said for ever: codes, times, organisation ids and pseudonyms (design/ledger.md §3). */
export function leafOf(act: Act, { origin, recordedAt, commit, pseudonym }: Sealing): Leaf {
  const { data } = act;
  const objects = data.objects.slice(0, NAMED.objects);
  const given = (value: string): string => (isId(value) ? value : pseudonym(ofGiven(value)));
  const items = codes(data.items ?? []);
  const cut =
    data.subjects.length > NAMED.subjects ||
    data.objects.length > NAMED.objects ||
    (data.recipients?.length ?? 0) > NAMED.recipients;
  return {
    v: 1,
    eventId: act.id,
    origin,
    src: { id: act.source, seq: String(act.version) },
    op: permissions[data.action].op,
    act: actCode(data.action),
    occurredAt: new Date(data.occurredAt).toISOString(),
    recordedAt: recordedAt.toISOString(),
    actor: pseudonym(data.actor),
    actorRole: code(data.actorRole),
    ...(data.actorOrg ? { actorOrg: data.actorOrg } : {}),
    ...listed('subjects', data.subjects.slice(0, NAMED.subjects).map(pseudonym)),
    ...listed(
      'objects',
      objects.map((o) => ({ t: code(o.t), id: pseudonym(ofObject(o)), ...version(o.ver) })),
    ),
    ...listed(
      'recipients',
      (data.recipients ?? []).slice(0, NAMED.recipients).map((r) => ({
        org: code(r.org),
        ...(r.role ? { role: code(r.role) } : {}),
        ...(r.channel ? { channel: code(r.channel) } : {}),
      })),
    ),
    ...listed('items', cut && !items.includes(MORE) ? [...items, MORE] : items),
    purpose: code(data.purpose),
    ...(data.basis && Object.keys(data.basis).length > 0 ? { basis: basisOf(data.basis) } : {}),
    ...(data.rule ? { rule: code(data.rule) } : {}),
    ...(data.decision ? { decision: code(data.decision) } : {}),
    ...listed('reasons', codes(data.reasons ?? [])),
    ...(data.justification ? { justification: code(data.justification) } : {}),
    ...(data.payloadCommit && PAYLOAD.test(data.payloadCommit) ? { payloadCommit: data.payloadCommit } : {}),
    ...(isErasure(act) ? { target: data.targets!.map(({ eventId, index }) => ({ eventId, index })) } : {}),
    outcome: data.outcome,
    corr: given(data.corr),
    ...(data.cause ? { cause: given(data.cause) } : {}),
    commit,
  };
}

/**
 * Whether an act destroys details of this log. Only the audit service's own can: whatever another producer claims to have
 * erased takes nothing away here.
 */
export const isErasure = ({ source, data }: Act): boolean =>
  source === 'audit' && data.action === 'detail.erase' && data.outcome === 'done' && (data.targets?.length ?? 0) > 0;

const PAYLOAD = /^[0-9a-f]{64}$/;
const code = (value: string): string => (isCode(value) ? value : WITHHELD);

const codes = (values: readonly string[]): string[] =>
  values.length > NAMED.codes ? [...values.slice(0, NAMED.codes).map(code), MORE] : values.map(code);

const basisOf = (basis: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(basis)
      .slice(0, NAMED.codes)
      .map(([k, v]) => [code(k), code(v)]),
  );

const version = (ver: string | undefined): { ver: string } | Record<string, never> =>
  ver !== undefined && /^(0|[1-9][0-9]{0,17})$/.test(ver) ? { ver } : {};

/** Absent fields are omitted, and so are empty lists. */
const listed = <K extends string, T>(name: K, values: readonly T[]): { [name in K]?: readonly T[] } =>
  (values.length > 0 ? { [name]: values } : {}) as { [name in K]?: readonly T[] };

/** A way to find an act: s subject, u user, o object, a agency, g agreement. */
export type MentionKind = 's' | 'u' | 'o' | 'a' | 'g';

/** mentionsOf lists, each once, under which ids an act can be found. Only real ids of ours: nothing else is asked for. */
export function mentionsOf({ data }: Act): readonly (readonly [MentionKind, string])[] {
  const found = new Map<string, readonly [MentionKind, string]>();
  const add = (kind: MentionKind, id: string | undefined): void => {
    if (isId(id)) found.set(kind + id, [kind, id]);
  };
  add('u', data.actor);
  add('a', data.actorOrg);
  for (const s of data.subjects) add('s', s);
  for (const o of data.objects) {
    add('o', o.id);
    if (o.t === 'person') add('s', o.id);
  }
  for (const r of data.recipients ?? []) add('a', r.org);
  const agreement = agreementOf(data);
  if (agreement !== undefined) add('g', agreementMention(agreement));
  return [...found.values()];
}

/**
 * ownerOf names whose data key the detail is encrypted under: the one subject's; where there are several, the record's own,
 * so that erasing one person takes no other's; where there is none, the member of staff's, whom the detail then describes.
 */
export function ownerOf({ id, data }: Act): string {
  if (data.subjects.length === 0) return data.actor.toLowerCase();
  return data.subjects.length === 1 ? data.subjects[0]!.toLowerCase() : id;
}
