import { newEventId, newId, type ActRecorded, type ContextName } from '@concordat/contracts';
import { actStream, seal } from '@concordat/messaging';
import { eventually, type TestApp } from '@concordat/testing';
import type { Act } from './act-leaf';

/** An act of a producer that a test makes up, as its relay would number and send it. */
export interface MadeAct extends Act {
  readonly body: Buffer;
}

/** What of a made act is not its data. */
export interface Made {
  readonly source?: ContextName;
  readonly id?: string;
  /** What the producer seals, beside method, path and address. */
  readonly detail?: Record<string, unknown>;
}

const SOMEBODY = newId();

/** makeAct makes an act as a producer's unit of work would. `key` is the installation's detail key. */
export function makeAct(key: Buffer, version: bigint, change: Partial<ActRecorded> = {}, made: Made = {}): MadeAct {
  const { source = 'referrals', id = newEventId(), detail = {} } = made;
  const data: ActRecorded = {
    action: 'case.view',
    occurredAt: new Date().toISOString(),
    actor: SOMEBODY,
    actorRole: 'practitioner',
    subjects: [],
    objects: [],
    purpose: 'safeguarding',
    outcome: 'done',
    corr: newEventId(),
    sealed: seal(id, { method: 'GET', path: '/api/records/cases', address: '192.0.2.1', ...detail }, key),
    ...change,
  };
  const streamId = actStream(source);
  const type = 'audit.act-recorded.v1';
  const event = {
    specversion: '1.0',
    id,
    source,
    subject: streamId,
    type,
    time: data.occurredAt,
    datacontenttype: 'application/json',
    dataschema: `urn:concordat:schema:${type}`,
    partitionkey: streamId,
    correlationid: data.corr,
    data,
    caseversion: String(version),
  };
  const time = new Date(data.occurredAt);
  const body = Buffer.from(JSON.stringify(event));
  return { id, type, source, streamId, version, time, correlationId: data.corr, data, body };
}

/** Puts acts into the audit service's inbox, as a transport would. */
export async function deliver(app: Pick<TestApp, 'sql'>, acts: readonly MadeAct[]): Promise<void> {
  await app.sql(
    `INSERT INTO audit.inbox (source, stream_id, stream_version, event_id, body)
     SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::uuid[], $5::bytea[]) ON CONFLICT DO NOTHING`,
    [
      acts.map((a) => `${a.source}.acts`),
      acts.map((a) => a.streamId),
      acts.map((a) => a.version),
      acts.map((a) => a.id),
      acts.map((a) => a.body),
    ],
  );
}

/** Resolves to the size of the log when every act that any context recorded is sealed, and a checkpoint covers it. */
export async function allSealed(app: Pick<TestApp, 'sql'>, source?: ContextName, seq?: bigint): Promise<bigint> {
  return eventually(
    async () => {
      const [row] = await app.sql<{ size: string; signed: string; waiting: string; open: string; last: string | null }>(
        `SELECT size, (SELECT max(size) FROM audit.checkpoint) AS signed,
                (SELECT count(*) FROM audit.inbox WHERE source LIKE '%.acts') AS waiting,
                (SELECT count(*) FROM audit.act WHERE published_at IS NULL) + (SELECT count(*) FROM identity.act WHERE published_at IS NULL) AS open,
                (SELECT last_seq FROM audit.producer WHERE source = $1) AS last FROM audit.log_state`,
        [source ?? ''],
      );
      const { size, signed, waiting, open, last } = row!;
      const here = seq === undefined || (last !== null && BigInt(last) >= seq);
      return here && waiting === '0' && open === '0' && size === signed && { size: BigInt(size) };
    },
    { timeoutMs: 20_000 },
  ).then(({ size }) => size);
}
