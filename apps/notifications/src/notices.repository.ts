import {
  newId,
  type MessageChannel,
  type MessageKind,
  type MessageRhythm,
  type NoticeFailure,
} from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Paging, type Page } from '@concordat/platform';
import type { After, NoticeKind } from './notice';

/** Something that was told to somebody, and how soon they hear of it who have chosen nothing. */
export interface ToldOne {
  /** The row that tells them. */
  readonly id: string;
  readonly userId: string;
  readonly orgId: string;
  readonly kind: MessageKind;
  /** One notice goes out in each stage of an incident. */
  readonly stage: string;
  readonly rhythm: MessageRhythm;
}

/** What was told, and when it goes out by each rhythm. */
export interface Told {
  /** Of what the rows are that tell them: of something due, or of something that happened. */
  readonly of: 'message' | 'happening';
  readonly told: readonly ToldOne[];
  readonly times: Readonly<Record<Exclude<MessageRhythm, 'none'>, Date>>;
}

const ABOUT = {
  message: { table: 'notice_about', column: 'message_id' },
  happening: { table: 'notice_happening', column: 'happening_id' },
} as const;

/**
 * gather puts what was told in line to go out, for whoever is reached outside of the pages and wants to hear of it: with all else
 * that waits for them in the same rhythm, and once in each stage of an incident.
 */
export async function gather(tx: Tx, { of, told, times }: Told): Promise<void> {
  const { table, column } = ABOUT[of];
  const wanted = await tx.query<{
    toldId: string;
    stage: string;
    userId: string;
    orgId: string;
    channel: MessageChannel;
    rhythm: keyof Told['times'];
  }>(
    `SELECT t.id AS "toldId", t.stage, d.user_id AS "userId", d.org_id AS "orgId", d.channel, coalesce(c.rhythm, t.rhythm) AS rhythm
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[]) AS t(id, who, org, kind, rhythm, stage)
       JOIN contact_detail d ON d.user_id = t.who AND d.org_id = t.org
       LEFT JOIN message_choice c ON c.user_id = d.user_id AND c.org_id = d.org_id AND c.kind = t.kind
      WHERE d.confirmed_at IS NOT NULL AND d.failed_at IS NULL
        AND coalesce(c.rhythm, t.rhythm) <> 'none' AND (d.channel = 'email' OR (c.by_text AND c.rhythm = 'now'))
        AND NOT EXISTS (SELECT 1 FROM ${table} a WHERE a.${column} = t.id AND a.channel = d.channel AND a.stage = t.stage)
      ORDER BY d.user_id, d.channel, t.id`,
    [
      ...[told.map((t) => t.id), told.map((t) => t.userId), told.map((t) => t.orgId)],
      ...[told.map((t) => t.kind), told.map((t) => t.rhythm), told.map((t) => t.stage)],
    ],
    `wanted-notices-${of}`,
  );
  for (const one of wanted) {
    const [notice] = await tx.query<{ id: string }>(
      `INSERT INTO notice (id, user_id, org_id, channel, what, made_at, next_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (user_id, org_id, channel, what) WHERE state = 'waiting' AND what <> 'code' DO UPDATE SET what = EXCLUDED.what
       RETURNING id`,
      [newId(), one.userId, one.orgId, one.channel, one.rhythm, tx.now, times[one.rhythm]],
      'gather-notice',
    );
    await tx.execute(
      `INSERT INTO ${table} (${column}, channel, stage, notice_id) VALUES ($1, $2, $3, $4)`,
      [one.toldId, one.channel, one.stage, notice!.id],
      `gather-${of}`,
    );
  }
}

/** A code on its way to an address that is to be confirmed. */
export async function sendCode(tx: Tx, detailId: string, channel: MessageChannel): Promise<void> {
  const id = newId();
  await tx.execute(
    `INSERT INTO notice (id, user_id, org_id, channel, what, detail_id, made_at, next_at) VALUES ($1, $2, $3, $4, 'code', $5, $6, $6)`,
    [id, tx.actor.id, tx.actor.orgId, channel, detailId, tx.now],
    'send-contact-code',
  );
  await tx.execute(
    'INSERT INTO contact_code (notice_id, user_id, org_id, at) VALUES ($1, $2, $3, $4)',
    [id, tx.actor.id, tx.actor.orgId, tx.now],
    'note-contact-code',
  );
}

/** One attempt that is to be made. */
export interface ClaimedNotice extends Record<string, unknown> {
  readonly id: string;
  readonly orgId: string;
  readonly channel: MessageChannel;
  readonly what: NoticeKind;
  /** Which attempt this is, from 1. */
  readonly number: number;
  /** Where it goes; null where there is no address any more. */
  readonly detailId: string | null;
  readonly sealed: Buffer | null;
  readonly codeSealed: Buffer | null;
  readonly codeUntil: Date | null;
  readonly things: number;
  readonly late: number;
}

const BATCH = 10;
/** Longer than an attempt can take; if this process dies meanwhile, another makes the attempt after it. */
const LEASE_SECONDS = 120;
const DUE = `state IN ('waiting', 'sending') AND next_at <= clock_timestamp() AND (leased_until IS NULL OR leased_until <= clock_timestamp())`;

export async function anyNoticeDue(tx: Tx): Promise<boolean> {
  return (await tx.query(`SELECT 1 FROM notice WHERE ${DUE} LIMIT 1`, [], 'any-notice-due')).length > 0;
}

/** Takes what is due and nobody else is at, and counts the attempt. Nothing gathers in it from now on. */
export async function claimNotices(tx: Tx): Promise<ClaimedNotice[]> {
  const taken = await tx.query<{ id: string }>(
    `WITH due AS (SELECT id FROM notice WHERE ${DUE} ORDER BY next_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     UPDATE notice n SET state = 'sending', attempts = attempts + 1, leased_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
       FROM due WHERE n.id = due.id RETURNING n.id`,
    [],
    'claim-notices',
  );
  return tx.query<ClaimedNotice>(
    `SELECT n.id, n.org_id AS "orgId", n.channel, n.what, n.attempts AS number, d.id AS "detailId", d.sealed,
            d.code_sealed AS "codeSealed", d.code_until AS "codeUntil", w.things, w.late
       FROM notice n LEFT JOIN contact_detail d ON CASE WHEN n.what = 'code' THEN d.id = n.detail_id
              ELSE d.user_id = n.user_id AND d.org_id = n.org_id AND d.channel = n.channel AND d.confirmed_at IS NOT NULL END
       CROSS JOIN LATERAL what_needs(n.id) w WHERE n.id = ANY ($1) ORDER BY n.next_at, n.id`,
    [taken.map(({ id }) => id)],
    'claimed-notices',
  );
}

/** Nothing needs its reader any more, or there is nowhere to send it. */
export async function withholdNotices(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.execute(
    `UPDATE notice SET state = 'withheld', ended_at = clock_timestamp(), leased_until = NULL WHERE id = ANY ($1)`,
    [ids],
    'withhold-notices',
  );
}

/** What became of an attempt, unless a later one was made meanwhile. */
export async function noteAttempt(tx: Tx, { id, number }: ClaimedNotice, after: After): Promise<void> {
  await tx.execute(
    `UPDATE notice SET state = $3, failure = $4, leased_until = NULL,
            ended_at = CASE WHEN $3 = 'sending' THEN NULL ELSE clock_timestamp() END,
            next_at = clock_timestamp() + $5 * interval '1 millisecond' WHERE id = $1 AND attempts = $2 AND state = 'sending'`,
    [
      id,
      number,
      after.state,
      after.state === 'failed' ? after.failure : null,
      after.state === 'sending' ? after.waitMs : 0,
    ],
    'note-notice-attempt',
  );
}

/** What a receipt said of a notice that was sent, once. The address that it went to, where one is still known. */
export async function noteReceipt(
  tx: Tx,
  id: string,
  failure: NoticeFailure | null,
): Promise<{ detailId: string | null } | undefined> {
  const [row] = await tx.query<{ detailId: string | null }>(
    `UPDATE notice n SET state = CASE WHEN $2::text IS NULL THEN 'sent' ELSE 'failed' END, failure = $2, ended_at = clock_timestamp(),
            delivered_at = CASE WHEN $2::text IS NULL THEN clock_timestamp() END
      WHERE n.id = $1 AND n.state = 'sent' AND n.delivered_at IS NULL
     RETURNING coalesce(n.detail_id, (SELECT d.id FROM contact_detail d WHERE d.user_id = n.user_id AND d.org_id = n.org_id
                          AND d.channel = n.channel AND d.confirmed_at IS NOT NULL)) AS "detailId"`,
    [id, failure],
    'note-notice-receipt',
  );
  return row;
}

/** A notice that did not arrive, for whoever sees to that: without where it was to go. */
export interface FailedNotice extends Record<string, unknown> {
  readonly id: string;
  readonly userId: string;
  readonly channel: MessageChannel;
  readonly what: NoticeKind;
  readonly failure: NoticeFailure;
  readonly attempts: number;
  readonly madeAt: Date;
  readonly endedAt: Date;
}

export const failuresPaging = (cursor: string | undefined): Paging =>
  new Paging(
    {
      name: 'ended',
      keys: [
        { sql: 'n.ended_at', type: 'timestamptz' },
        { sql: 'n.id', type: 'uuid' },
      ],
      descending: true,
    },
    25,
    cursor,
  );

export async function failedNotices(tx: Tx, paging: Paging): Promise<Page<Omit<FailedNotice, 'keys'>>> {
  const rows = await tx.query<FailedNotice & { keys: string[] }>(
    `SELECT n.id, n.user_id AS "userId", n.channel, n.what, n.failure, n.attempts, n.made_at AS "madeAt", n.ended_at AS "endedAt",
            ${paging.keys()}
       FROM notice n WHERE n.org_id = acting_org() AND n.state = 'failed' AND n.what <> 'code' AND ${paging.where(1)}
      ORDER BY ${paging.order()} LIMIT ${paging.limit + 1}`,
    [...paging.params],
  );
  return paging.page(rows);
}

/** How many of the caller's agency are tried again and again, and since when the first of them. */
export async function heldUpNotices(tx: Tx): Promise<{ n: number; since: Date | null }> {
  const [row] = await tx.query<{ n: number; since: Date | null }>(
    `SELECT count(*)::int AS n, min(made_at) AS since FROM notice WHERE org_id = acting_org() AND state = 'sending' AND attempts > 0 AND leased_until IS NULL`,
    [],
    'held-up-notices',
  );
  return row!;
}

/** Puts a notice of the caller's agency that did not arrive in line again. False when there is none such. */
export async function retryNotice(tx: Tx, id: string): Promise<boolean> {
  const done = await tx.execute(
    `UPDATE notice SET state = 'sending', failure = NULL, ended_at = NULL, attempts = 0, next_at = $2
      WHERE id = $1 AND org_id = acting_org() AND state = 'failed' AND what <> 'code'`,
    [id, tx.now],
    'retry-notice',
  );
  return done > 0;
}

/** What has ended is kept for as long as somebody may ask why they heard nothing. */
export async function forgetNotices(tx: Tx): Promise<void> {
  await tx.execute(
    `DELETE FROM notice WHERE state IN ('sent', 'failed', 'withheld') AND ended_at < clock_timestamp() - interval '90 days'`,
    [],
    'forget-notices',
  );
  await tx.execute(
    `DELETE FROM contact_code WHERE at < clock_timestamp() - interval '1 day'`,
    [],
    'forget-contact-codes',
  );
}
