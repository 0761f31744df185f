import { newEventId, type CloudEvent, type Received } from '@concordat/contracts';

/** Whoever runs SQL behind the curtain. */
export interface Behind {
  sql<R extends Record<string, unknown>>(text: string, params?: unknown[]): Promise<R[]>;
}
const AT_ONCE = 5_000;

/** An event as its producer's outbox holds it. */
const bodyOf = ({ id, source, streamId, version, type, time, correlationId, data }: Received): Buffer => {
  const event: CloudEvent = {
    ...{ specversion: '1.0', id, source, subject: streamId, type, time: time.toISOString() },
    ...{ datacontenttype: 'application/json', dataschema: `urn:concordat:schema:${type}`, partitionkey: streamId },
    ...{ caseversion: String(version), correlationid: correlationId, causationid: newEventId(), data },
  };
  return Buffer.from(JSON.stringify(event));
};

function* inParts(events: readonly Received[]): Generator<readonly Received[]> {
  for (let from = 0; from < events.length; from += AT_ONCE) yield events.slice(from, from + AT_ONCE);
}

/** Brings events to insight as a transport does: each into its inbox, once; what was applied already as well. */
export async function arrive(behind: Behind, events: readonly Received[]): Promise<void> {
  for (const part of inParts(events))
    await behind.sql(
      `INSERT INTO insight.inbox (source, stream_id, stream_version, event_id, body)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::uuid[], $5::bytea[]) ON CONFLICT DO NOTHING`,
      [
        ...[part.map((e) => e.source), part.map((e) => e.streamId), part.map((e) => String(e.version))],
        ...[part.map((e) => e.id), part.map(bodyOf)],
      ],
    );
}

/** Puts events into the outboxes of their producers, as sent long ago. */
export async function publish(behind: Behind, events: readonly Received[]): Promise<void> {
  for (const source of new Set(events.map((event) => event.source)))
    for (const part of inParts(events.filter((event) => event.source === source))) {
      const last = new Map<string, bigint>();
      for (const { streamId, version } of part) last.set(streamId, version);
      await behind.sql(
        `INSERT INTO ${source}.stream (id, version, changed_at) SELECT id, version, '2020-01-01' FROM unnest($1::uuid[], $2::bigint[]) AS s(id, version)
         ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version`,
        [[...last.keys()], [...last.values()].map(String)],
      );
      await behind.sql(
        `INSERT INTO ${source}.outbox (event_id, stream_id, stream_version, topic, partition, headers, body, published_at)
         SELECT id, stream, version, $5, 0, '{}', body, now() FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bytea[]) AS e(id, stream, version, body)`,
        [
          ...[part.map((e) => e.id), part.map((e) => e.streamId), part.map((e) => String(e.version)), part.map(bodyOf)],
          `${source}.events`,
        ],
      );
    }
}

/** The numbers that stand, by what each is of: as an independent count gives them. */
export async function numbersOf(behind: Behind): Promise<Map<string, number>> {
  const rows = await behind.sql<{ key: string; n: number }>(
    `SELECT concat_ws('|', measure, day, area, kind, agency, code) AS key, n FROM insight.tally
      WHERE generation = (SELECT number FROM insight.generation WHERE NOT filling)`,
  );
  return new Map(rows.map(({ key, n }) => [key, n]));
}
