import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';

/** One attempt that is to be made. */
export interface Claimed {
  readonly webhookId: string;
  readonly eventId: string;
  readonly type: string;
  readonly body: Buffer;
  /** Which attempt this is, from 1. */
  readonly number: number;
}

/** At most this many at a time, and of one webhook, so that one that does not answer holds up few. */
const BATCH = 20;
const OF_ONE = 5;
/** Longer than an attempt can take; if this process dies meanwhile, another makes the attempt after it. */
const LEASE_SECONDS = 60;

const DUE = `d.state = 'pending' AND d.next_at <= clock_timestamp() AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp())
  AND w.state = 'live'`;

/** What is due to be sent, by the clock of the database. */
@Injectable()
export class Deliveries {
  async anyDue(tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id WHERE ${DUE} LIMIT 1`,
      [],
      'any-webhook-due',
    );
    return rows.length > 0;
  }

  /** What an agency may hear of no longer is never sent, though it was put in line when it might. */
  withhold(tx: Tx): Promise<number> {
    return tx.execute(
      `UPDATE webhook_delivery d SET state = 'withheld' FROM webhook w
        WHERE w.id = d.webhook_id AND ${DUE} AND NOT may_hear(w.org_id, d.case_id, d.records)`,
      [],
      'withhold-webhooks',
    );
  }

  /** Takes what is due and nobody else is at, oldest first, and counts the attempt. */
  claim(tx: Tx): Promise<Claimed[]> {
    return tx.query<Claimed & Record<string, unknown>>(
      `WITH due AS (
         SELECT d.webhook_id, d.event_id, d.next_at FROM webhook w CROSS JOIN LATERAL (
           SELECT d.webhook_id, d.event_id, d.next_at FROM webhook_delivery d WHERE d.webhook_id = w.id AND ${DUE}
            ORDER BY d.next_at LIMIT ${OF_ONE} FOR UPDATE SKIP LOCKED) d
          ORDER BY d.next_at LIMIT ${BATCH})
       UPDATE webhook_delivery d SET attempts = d.attempts + 1, leased_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
         FROM due WHERE d.webhook_id = due.webhook_id AND d.event_id = due.event_id
       RETURNING d.webhook_id AS "webhookId", d.event_id AS "eventId", d.type, d.body, d.attempts AS number`,
      [],
    );
  }

  /** A replay that was asked for while it was being sent stays in line: its `next_at` has moved on. */
  async delivered(tx: Tx, { webhookId, eventId, number }: Claimed): Promise<void> {
    await tx.execute(
      `UPDATE webhook_delivery SET state = 'delivered', delivered_at = clock_timestamp(), leased_until = NULL
        WHERE webhook_id = $1 AND event_id = $2 AND attempts = $3`,
      [webhookId, eventId, number],
      'webhook-delivered',
    );
  }

  async later(tx: Tx, { webhookId, eventId, number }: Claimed, waitMs: number): Promise<void> {
    await tx.execute(
      `UPDATE webhook_delivery SET next_at = clock_timestamp() + $4 * interval '1 millisecond', leased_until = NULL
        WHERE webhook_id = $1 AND event_id = $2 AND attempts = $3`,
      [webhookId, eventId, number, waitMs],
      'webhook-later',
    );
  }

  /** What was sent a month ago and more is forgotten, with its attempts: the ledger has that it was. */
  forgetOld(tx: Tx): Promise<number> {
    return tx.execute(
      `DELETE FROM webhook_delivery WHERE ctid = ANY (ARRAY(SELECT ctid FROM webhook_delivery
        WHERE made_at < clock_timestamp() - interval '30 days' AND state <> 'pending' LIMIT 1000))`,
    );
  }
}
