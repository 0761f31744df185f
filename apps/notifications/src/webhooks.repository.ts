import type { Tx } from '@concordat/messaging';
import type { Page, Paging } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { Attempted, Webhook, WebhookKey } from './webhook';

/** A key with both halves: the public one as it is shown, the private one sealed. */
export interface KeptKey extends WebhookKey {
  readonly webhookId: string;
  readonly publicKey: string;
  readonly sealed: Buffer;
  readonly madeAt: Date;
}

/** A secret that the agency's system holds as well, sealed. */
export interface KeptSecret extends WebhookKey {
  readonly webhookId: string;
  readonly sealed: Buffer;
  readonly madeAt: Date;
}

/** Which attempt at what. */
interface Sent {
  readonly webhookId: string;
  readonly eventId: string;
  readonly number: number;
}

/** A line of the log. */
export type Delivery = {
  readonly eventId: string;
  readonly type: string;
  readonly state: 'pending' | 'delivered' | 'withheld';
  readonly attempts: number;
  readonly madeAt: Date;
  readonly nextAt: Date;
  readonly deliveredAt: Date | null;
  readonly lastAt: Date | null;
  readonly lastOutcome: string | null;
  readonly lastStatus: number | null;
  /** Where the last attempt went; null of one from before that was kept. */
  readonly lastUrl: string | null;
};

type Row<T> = T & Record<string, unknown>;

const WEBHOOK = `SELECT id, org_id AS "orgId", name, url, events, state, off_reason AS "offReason", failing_since AS "failingSince", version FROM webhook`;

/** Webhooks, their keys and the log of what was sent. */
@Injectable()
export class Webhooks {
  of(tx: Tx, orgId: string): Promise<Webhook[]> {
    return tx.query<Row<Webhook>>(`${WEBHOOK} WHERE org_id = $1 ORDER BY made_at, id`, [orgId], 'webhooks-of-agency');
  }

  async find(tx: Tx, id: string): Promise<Webhook | undefined> {
    return (await tx.query<Row<Webhook>>(`${WEBHOOK} WHERE id = $1 FOR UPDATE`, [id], 'webhook'))[0];
  }

  keys(tx: Tx, webhookIds: readonly string[]): Promise<KeptKey[]> {
    return tx.query<Row<KeptKey>>(
      `SELECT id, webhook_id AS "webhookId", public_key AS "publicKey", sealed, made_at AS "madeAt", ends_at AS "endsAt"
         FROM webhook_key WHERE webhook_id = ANY ($1) ORDER BY made_at, id`,
      [webhookIds],
      'webhook-keys',
    );
  }

  async add(tx: Tx, w: Webhook): Promise<void> {
    await tx.execute(
      `INSERT INTO webhook (id, org_id, name, url, events, state, version, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, 'live', 1, $6, $7)`,
      [w.id, w.orgId, w.name, w.url, w.events, tx.actor.id, tx.now],
    );
  }

  async save(tx: Tx, w: Webhook): Promise<void> {
    await tx.execute(
      `UPDATE webhook SET url = $2, events = $3, state = $4, off_reason = $5, failing_since = $6, version = $7, name = $8 WHERE id = $1`,
      [w.id, w.url, w.events, w.state, w.offReason, w.failingSince, w.version, w.name],
    );
  }

  async addKey(tx: Tx, key: Omit<KeptKey, 'madeAt' | 'endsAt'>): Promise<void> {
    await tx.execute(
      'INSERT INTO webhook_key (id, webhook_id, public_key, sealed, made_at) VALUES ($1, $2, $3, $4, $5)',
      [...[key.id, key.webhookId, key.publicKey, key.sealed, tx.now]],
    );
  }

  /** The keys that there are end at `at`. */
  async endKeys(tx: Tx, webhookId: string, at: Date): Promise<void> {
    await tx.execute('UPDATE webhook_key SET ends_at = $2 WHERE webhook_id = $1 AND ends_at IS NULL', [webhookId, at]);
  }

  sharedSecrets(tx: Tx, webhookIds: readonly string[]): Promise<KeptSecret[]> {
    return tx.query<Row<KeptSecret>>(
      `SELECT id, webhook_id AS "webhookId", sealed, made_at AS "madeAt", ends_at AS "endsAt"
         FROM webhook_shared_secret WHERE webhook_id = ANY ($1) ORDER BY made_at, id`,
      [webhookIds],
      'webhook-shared-secrets',
    );
  }

  async addSharedSecret(tx: Tx, secret: Omit<KeptSecret, 'madeAt' | 'endsAt'>): Promise<void> {
    await tx.execute('INSERT INTO webhook_shared_secret (id, webhook_id, sealed, made_at) VALUES ($1, $2, $3, $4)', [
      ...[secret.id, secret.webhookId, secret.sealed, tx.now],
    ]);
  }

  /** The shared secrets that there are end at `at`, unless they end before. */
  async endSharedSecrets(tx: Tx, webhookId: string, at: Date): Promise<void> {
    await tx.execute(
      'UPDATE webhook_shared_secret SET ends_at = $2 WHERE webhook_id = $1 AND (ends_at IS NULL OR ends_at > $2)',
      [webhookId, at],
    );
  }

  /** What was put in line for a webhook, the newest first. */
  async log(tx: Tx, webhookId: string, paging: Paging): Promise<Page<Delivery>> {
    const rows = await tx.query<Delivery & { keys: string[] }>(
      `SELECT d.event_id AS "eventId", d.type, d.state, d.attempts, d.made_at AS "madeAt", d.next_at AS "nextAt",
              d.delivered_at AS "deliveredAt", a.at AS "lastAt", a.outcome AS "lastOutcome", a.status AS "lastStatus", a.url AS "lastUrl",
              ${paging.keys()}
         FROM webhook_delivery d LEFT JOIN webhook_attempt a ON a.webhook_id = d.webhook_id AND a.event_id = d.event_id AND a.number = d.attempts
        WHERE d.webhook_id = $1 AND ${paging.where(2)} ORDER BY ${paging.order()} LIMIT ${paging.limit + 1}`,
      [webhookId, ...paging.params],
    );
    return paging.page(rows);
  }

  /** How many wait to be sent, by webhook. */
  async waiting(tx: Tx, webhookIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ id: string; n: string }>(
      `SELECT webhook_id AS id, count(*) AS n FROM webhook_delivery WHERE webhook_id = ANY ($1) AND state = 'pending' GROUP BY 1`,
      [webhookIds],
    );
    return new Map(rows.map(({ id, n }) => [id, Number(n)]));
  }

  async addTest(tx: Tx, webhookId: string, eventId: string, type: string, body: Buffer): Promise<void> {
    await tx.execute(
      `INSERT INTO webhook_delivery (webhook_id, event_id, type, body, records, made_at, next_at) VALUES ($1, $2, $3, $4, '{}', $5, $5)`,
      [webhookId, eventId, type, body, tx.now],
    );
  }

  /** Puts in line again what was sent: one event, or what was made within a span. Under the ids that it had. How many. */
  replay(tx: Tx, webhookId: string, one: string | null, from: Date | null, to: Date | null): Promise<number> {
    return tx.execute(
      `UPDATE webhook_delivery SET state = 'pending', next_at = $5, delivered_at = NULL
        WHERE webhook_id = $1 AND state <> 'withheld' AND (event_id = $2 OR ($2 IS NULL AND made_at >= $3 AND made_at <= $4))`,
      [webhookId, one, from, to, tx.now],
    );
  }

  /** What waits is tried at once, after a webhook has been switched on again. */
  async hurry(tx: Tx, webhookId: string): Promise<void> {
    await tx.execute(`UPDATE webhook_delivery SET next_at = $2 WHERE webhook_id = $1 AND state = 'pending'`, [
      webhookId,
      tx.now,
    ]);
  }

  async note(tx: Tx, { webhookId, eventId, number }: Sent, url: string, a: Attempted, tookMs: number): Promise<void> {
    await tx.execute(
      `INSERT INTO webhook_attempt (webhook_id, event_id, number, at, outcome, status, took_ms, url)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [webhookId, eventId, number, tx.now, a.outcome, a.status, tookMs, url],
      'note-webhook-attempt',
    );
  }
}
