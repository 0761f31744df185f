import {
  newEventId,
  permissions,
  type Action,
  type ActOutcome,
  type ActRecorded,
  type ContextName,
  type ErasedEntry,
  nameId,
  type ObjectRef,
} from '@concordat/contracts';
import { firstThatOpens, traceparent, type Call, type Keys } from '@concordat/platform';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What is being done, and to whom. Named before anything is read or written (house.md §4). */
export interface Act {
  readonly action: Action;
  readonly call: Call;
  readonly objects?: readonly ObjectRef[];
  readonly subjects?: readonly string[];
}

/** What an act turns out to concern, gathered while it runs. */
export interface Concerned {
  readonly subjects: Set<string>;
  readonly objects: Map<string, ObjectRef>;
  readonly recipients: { org: string; role?: string; channel?: string }[];
  readonly items: Set<string>;
  readonly reasons: Set<string>;
  justification?: string;
  rule?: string;
  decision?: string;
  /** A commitment to what went from one end of a disclosure to the other; hex. */
  payloadCommit?: string;
  /** Entries of the ledger whose details this act destroys. */
  targets?: readonly ErasedEntry[];
  /** Kept sealed: may say what identifies, such as a search term or what a field was before. */
  detail: Record<string, unknown>;
}

/** The stream of a context's acts: one per producer, numbered without gaps. */
export const actStream = (context: ContextName): string => nameId(`acts/${context}`);

/** Whom and what an act is about as far as is known when it begins; the unit of work adds what it finds. */
export const concernedBy = (act: Act): Concerned => ({
  subjects: new Set(act.subjects),
  objects: new Map(act.objects?.map((o) => [`${o.t}/${o.id}`, o])),
  recipients: [],
  items: new Set(),
  reasons: new Set(),
  detail: {},
});

/** An act as it will be stored: its id and the exact bytes, fixed here and never re-serialised (events.md W7). */
export interface RecordedAct {
  readonly id: string;
  readonly body: Buffer;
}

/**
 * recordAct fixes the bytes of one audit entry: a CloudEvent whose `caseversion` is left to the relay, which numbers acts
 * after commit. Details that could identify are sealed under `key`.
 */
export function recordAct(
  source: ContextName,
  act: Act,
  concerned: Concerned,
  outcome: ActOutcome,
  at: Date,
  key: Buffer,
): RecordedAct {
  const { call } = act;
  const id = newEventId(at.getTime());
  const data: ActRecorded = {
    action: act.action,
    occurredAt: at.toISOString(),
    actor: call.actor.id,
    actorRole: actingRole(act),
    ...(call.actor.orgId ? { actorOrg: call.actor.orgId } : {}),
    subjects: [...concerned.subjects],
    objects: [...concerned.objects.values()],
    ...(concerned.recipients.length > 0 ? { recipients: concerned.recipients } : {}),
    ...(concerned.items.size > 0 ? { items: [...concerned.items] } : {}),
    purpose: call.purpose,
    ...(concerned.justification ? { justification: concerned.justification } : {}),
    ...(concerned.rule ? { rule: concerned.rule } : {}),
    ...(concerned.decision ? { decision: concerned.decision } : {}),
    ...(concerned.reasons.size > 0 ? { reasons: [...concerned.reasons] } : {}),
    ...(concerned.payloadCommit ? { payloadCommit: concerned.payloadCommit } : {}),
    ...(concerned.targets ? { targets: [...concerned.targets] } : {}),
    outcome,
    corr: call.correlationId,
    ...(call.causationId ? { cause: call.causationId } : {}),
    sealed: seal(id, { ...howCalled(call), ...concerned.detail }, key),
  };
  const trace = traceparent();
  const event = {
    specversion: '1.0',
    id,
    source,
    subject: actStream(source),
    type: 'audit.act-recorded.v1',
    time: data.occurredAt,
    datacontenttype: 'application/json',
    dataschema: 'urn:concordat:schema:audit.act-recorded.v1',
    partitionkey: actStream(source),
    correlationid: call.correlationId,
    ...(trace ? { traceparent: trace } : {}),
    data,
  };
  return { id, body: Buffer.from(JSON.stringify(event)) };
}

/** How it was asked for; of an API client also by which of its secrets, for the day on which one is found elsewhere. */
const howCalled = ({ method, path, address, actor }: Call) => ({
  ...{ method, path, address },
  ...(actor.client ? { clientSecret: actor.client.secretId } : {}),
});

/** The role by which the actor may do this; the first of several. */
function actingRole(act: Act): string {
  const who: readonly string[] = permissions[act.action].who;
  return act.call.actor.roles.find((r) => who.includes(r)) ?? act.call.actor.roles[0] ?? act.call.actor.kind;
}

/** seal encrypts details for the audit service: iv(12) ‖ tag(16) ‖ ciphertext, AES-256-GCM, the act's id as AAD; base64. */
export function seal(id: string, detail: Record<string, unknown>, key: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(id));
  const text = Buffer.concat([cipher.update(JSON.stringify(detail), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
}

/** unseal reverses `seal`. Throws when the id or a byte is not the one that was sealed, or none of the keys is. */
export const unseal = (id: string, sealed: string, keys: Keys): Record<string, unknown> =>
  firstThatOpens(keys, (key) => unsealUnder(id, sealed, key));

function unsealUnder(id: string, sealed: string, key: Buffer): Record<string, unknown> {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(12, 28));
  const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  return JSON.parse(text) as Record<string, unknown>;
}
