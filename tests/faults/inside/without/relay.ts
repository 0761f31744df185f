import type { Pool } from 'pg';
import { Relay } from '../../../../libs/messaging/src/relay';
import type { EventPublisher, Shipment } from '../../../../libs/messaging/src/transport';
import { patchPrivate } from '../patch';

interface Inner {
  pool: Pool;
  publisher: EventPublisher;
  shipment(group: readonly object[]): Shipment;
  mark(table: 'outbox', ids: readonly string[]): Promise<void>;
}

interface Row {
  seq: string;
  event_id: string;
  topic: string;
  partition: number;
}

/** The relay remembers how far it has come and reads what is beyond (events.md R1: sequence values precede commits). */
export function withoutPendingRelay(): void {
  const last = new WeakMap<object, bigint>();
  patchPrivate(Relay.prototype, 'relayEvents', () => {
    return async function (this: unknown): Promise<boolean> {
      const relay = this as Inner;
      const from = last.get(relay) ?? (await firstOf(relay));
      const { rows } = await relay.pool.query<Row>(
        `SELECT seq, event_id, stream_id, stream_version, topic, partition, body FROM outbox WHERE seq > $1 ORDER BY seq LIMIT 500`,
        [from],
      );
      const groups = new Map<string, Row[]>();
      for (const row of rows) {
        const key = relay.publisher.partitioned ? `${row.topic}/${row.partition}` : row.topic;
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      for (const group of groups.values()) {
        await relay.publisher.send(relay.shipment(group));
        await relay.mark(
          'outbox',
          group.map((r) => r.event_id),
        );
      }
      if (rows.length > 0) last.set(relay, BigInt(rows.at(-1)!.seq));
      return rows.length > 0;
    };
  });
}

/** A cursor that was kept: as far as anything has been sent. */
async function firstOf(relay: Inner): Promise<bigint> {
  const { rows } = await relay.pool.query<{ seq: string }>(
    'SELECT coalesce(max(seq), 0) AS seq FROM outbox WHERE published_at IS NOT NULL',
  );
  return BigInt(rows[0]!.seq);
}
