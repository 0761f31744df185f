import type { MessageChannel } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { ContactDetails } from './contact-details';

/** With the address, and the code while there is one: both sealed. */
export interface KeptDetails extends ContactDetails, Record<string, unknown> {
  readonly sealed: Buffer;
  readonly codeSealed: Buffer | null;
  readonly givenAt: Date;
}

const COLUMNS = `id, channel, sealed, code_sealed AS "codeSealed", code_until AS "codeUntil", tries, given_at AS "givenAt",
  confirmed_at AS "confirmedAt", failed_at AS "failedAt"`;
const OWN = 'user_id = acting_user() AND org_id = acting_org()';

/** The caller's own. */
export const ownDetails = (tx: Tx): Promise<KeptDetails[]> =>
  tx.query<KeptDetails>(
    `SELECT ${COLUMNS} FROM contact_detail WHERE ${OWN} ORDER BY channel, given_at, id`,
    [],
    'own-contact-details',
  );

/** One of the caller's own, held until the end of the unit of work. */
export async function ownDetail(tx: Tx, id: string): Promise<KeptDetails | undefined> {
  const [row] = await tx.query<KeptDetails>(
    `SELECT ${COLUMNS} FROM contact_detail WHERE id = $1 AND ${OWN} FOR UPDATE`,
    [id],
    'own-contact-detail',
  );
  return row;
}

/** Keeps an address that was just given, in the place of another that was never confirmed. */
export async function keepGiven(tx: Tx, id: string, channel: MessageChannel, sealed: Buffer): Promise<void> {
  await tx.execute(
    `DELETE FROM contact_detail WHERE ${OWN} AND channel = $1 AND confirmed_at IS NULL`,
    [channel],
    'drop-given-contact-detail',
  );
  await tx.execute(
    'INSERT INTO contact_detail (id, user_id, org_id, channel, sealed, given_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, tx.actor.id, tx.actor.orgId, channel, sealed, tx.now],
    'keep-contact-detail',
  );
}

export async function keepCode(tx: Tx, id: string, sealed: Buffer, until: Date): Promise<void> {
  await tx.execute(
    'UPDATE contact_detail SET code_sealed = $2, code_until = $3, tries = 0 WHERE id = $1',
    [id, sealed, until],
    'keep-contact-code',
  );
}

export async function noteTry(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE contact_detail SET tries = tries + 1 WHERE id = $1', [id], 'note-contact-try');
}

/** From now on this is where they are reached, and nowhere else by this channel. */
export async function confirmDetail(tx: Tx, { id, channel }: ContactDetails): Promise<void> {
  await tx.execute(
    `DELETE FROM contact_detail WHERE ${OWN} AND channel = $1 AND id <> $2 AND confirmed_at IS NOT NULL`,
    [channel, id],
    'replace-contact-detail',
  );
  await tx.execute(
    `UPDATE contact_detail SET confirmed_at = $2, failed_at = NULL, failures = 0, code_sealed = NULL, code_until = NULL, tries = 0 WHERE id = $1`,
    [id, tx.now],
    'confirm-contact-detail',
  );
}

export async function removeDetail(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM contact_detail WHERE id = $1', [id], 'remove-contact-detail');
}

/** How many codes the caller was sent within the last hour. */
export async function codesOfAnHour(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM contact_code WHERE ${OWN} AND at > clock_timestamp() - interval '1 hour'`,
    [],
    'contact-codes-of-an-hour',
  );
  return row!.n;
}

/** Something arrived there. */
export async function noteArrival(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE contact_detail SET failed_at = NULL, failures = 0 WHERE id = $1', [id], 'note-arrival');
}

/** Something did not, once more: from `lostAfter` in a row on nothing arrives there, as far as is known. */
export async function noteNoArrival(tx: Tx, id: string, lostAfter: number): Promise<void> {
  await tx.execute(
    `UPDATE contact_detail SET failures = failures + 1,
            failed_at = CASE WHEN failures + 1 >= $2 THEN coalesce(failed_at, clock_timestamp()) ELSE failed_at END WHERE id = $1`,
    [id, lostAfter],
    'note-no-arrival',
  );
}

/**
 * Where of e-mail only what does not arrive is told, silence says that the rest did: so long after something was sent there, later than the
 * last failure, those before it are not in a row with the next. Mail servers give up after four or five days (RFC 5321 §4.5.4.1).
 */
export async function noteSilence(tx: Tx): Promise<void> {
  await tx.execute(
    `UPDATE contact_detail d SET failures = 0, failed_at = NULL WHERE d.channel = 'email' AND d.failures > 0 AND EXISTS (
       SELECT 1 FROM notice n WHERE n.user_id = d.user_id AND n.org_id = d.org_id AND n.channel = d.channel AND n.state = 'sent'
          AND n.ended_at < clock_timestamp() - interval '6 days' AND n.ended_at > coalesce((SELECT max(f.ended_at) FROM notice f
            WHERE f.user_id = d.user_id AND f.org_id = d.org_id AND f.channel = d.channel AND f.state = 'failed'), '-infinity'))`,
    [],
    'note-silence',
  );
}

/** Somebody who is not reached by a channel, and since when. */
export interface Unreached extends Record<string, unknown> {
  readonly userId: string;
  readonly channel: MessageChannel;
  readonly since: Date;
}

/** People of the caller's agency, for its administrators: never where they would be reached. */
export const unreachedPeople = (tx: Tx): Promise<Unreached[]> =>
  tx.query('SELECT user_id AS "userId", channel, since FROM unreached_people()', [], 'unreached-people');

/** By what the caller is not reached. */
export const ownUnreached = (tx: Tx): Promise<Omit<Unreached, 'userId'>[]> =>
  tx.query(
    `SELECT channel, failed_at AS since FROM contact_detail WHERE ${OWN} AND confirmed_at IS NOT NULL AND failed_at IS NOT NULL ORDER BY channel`,
    [],
    'own-unreached',
  );

/** Takes away what nobody has confirmed for a week, and addresses of who does not work there any more. Their ids. */
export async function forgetDetails(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `DELETE FROM contact_detail d WHERE (d.confirmed_at IS NULL AND d.given_at < clock_timestamp() - interval '7 days')
        OR EXISTS (SELECT 1 FROM member m WHERE m.user_id = d.user_id AND m.org_id = d.org_id AND NOT m.active)
     RETURNING d.id`,
    [],
    'forget-contact-details',
  );
  return rows.map(({ id }) => id);
}
