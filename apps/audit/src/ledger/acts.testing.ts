import { newEventId, type ActRecorded, type ContextName } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';
import { actStream, seal } from '@concordat/messaging';

/** An act of a producer that a test makes up, as its relay would number and send it. */
export interface MadeAct {
  readonly id: string;
  readonly source: ContextName;
  readonly version: bigint;
  readonly data: ActRecorded;
  readonly body: Buffer;
}

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** makeAct makes an act as a producer's unit of work would; `detail` is what it seals. */
export function makeAct(
  key: Buffer,
  version: bigint,
  change: Partial<ActRecorded> = {},
  made: { source?: ContextName; id?: string; detail?: Record<string, unknown> } = {},
): MadeAct {
  const { source = 'referrals', id = newEventId(), detail = {} } = made;
  const data: ActRecorded = {
    action: 'case.view',
    occurredAt: new Date().toISOString(),
    actor: NOBODY,
    actorRole: 'practitioner',
    subjects: [],
    objects: [],
    purpose: 'safeguarding',
    outcome: 'done',
    corr: newEventId(),
    sealed: seal(id, { method: 'GET', path: '/x', address: '192.0.2.1', ...detail }, key),
    ...change,
  };
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
    correlationid: data.corr,
    data,
    caseversion: String(version),
  };
  return { id, source, version, data, body: Buffer.from(JSON.stringify(event)) };
}

/** Puts acts into the audit service's inbox, as a transport would. */
export async function deliver(app: TestApp, acts: readonly MadeAct[]): Promise<void> {
  await app.sql(
    `INSERT INTO audit.inbox (source, stream_id, stream_version, event_id, body)
     SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::uuid[], $5::bytea[]) ON CONFLICT DO NOTHING`,
    [
      acts.map((a) => `${a.source}.acts`),
      acts.map((a) => actStream(a.source)),
      acts.map((a) => a.version),
      acts.map((a) => a.id),
      acts.map((a) => a.body),
    ],
  );
}
