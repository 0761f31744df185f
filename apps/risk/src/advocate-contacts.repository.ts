import {
  newId,
  NotFound,
  type AgendaItemState,
  type ContactOutcome,
  type ContactSafety,
  type ContactState,
  type ContactWay,
  type ReferralStanding,
} from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { ContactAttempt } from './advocate-contact';
import type { ForumReferral } from './forum-referral';

/** Somebody whom the agency of an advocate is asked to speak with before a meeting. */
export interface Contact extends Record<string, unknown> {
  readonly id: string;
  readonly referralId: string;
  readonly forumId: string;
  readonly caseId: string;
  readonly subjectId: string;
  readonly orgId: string;
  readonly version: number;
  readonly state: ContactState;
  readonly askedAt: Date;
  readonly lastAt: Date | null;
  /** The day of the meeting that it is before, and how far that has come. */
  readonly heldOn: string | null;
  readonly itemState: AgendaItemState | null;
  readonly standing: ReferralStanding | null;
}
const COLUMNS = `c.id, c.referral_id AS "referralId", c.forum_id AS "forumId", c.case_id AS "caseId",
  standing_person(c.subject_id) AS "subjectId", c.org_id AS "orgId", c.version, c.state, c.asked_at AS "askedAt", c.last_at AS "lastAt",
  s.held_on::text AS "heldOn", s.state AS "itemState", s.standing`;
const FROM_CONTACT = 'FROM advocate_contact c LEFT JOIN LATERAL contact_standing(c.id) s ON true';

/** Of the caller's agency: whom to speak with before a meeting, the next meeting first. What was refused or heard is not to be done. */
export const contactsToMake = (tx: Tx, orgId: string): Promise<Contact[]> =>
  tx.query<Contact>(
    `SELECT ${COLUMNS} ${FROM_CONTACT} WHERE c.org_id = $1 AND c.state <> 'reached' AND s.standing IN ('submitted', 'returned')
        AND coalesce(s.state, 'listed') <> 'heard' ORDER BY s.held_on NULLS LAST, c.asked_at, c.id LIMIT 500`,
    [orgId],
    'contacts-to-make',
  );

/** One of the caller's agency, held until the end of the unit of work when it is to be changed. Throws NotFound otherwise. */
export async function contactById(tx: Tx, id: string, hold = false): Promise<Contact> {
  if (hold) await tx.query('SELECT 1 FROM advocate_contact WHERE id = $1 FOR UPDATE', [id], 'lock-contact');
  const [row] = await tx.query<Contact>(
    `SELECT ${COLUMNS} ${FROM_CONTACT} WHERE c.id = $1 AND c.org_id = $2`,
    [id, tx.actor.orgId],
    'contact',
  );
  if (!row) throw new NotFound('advocate-contact');
  return row;
}

export interface KeptAttempt extends Record<string, unknown> {
  readonly at: Date;
  readonly way: ContactWay;
  readonly safe: ContactSafety;
  readonly outcome: ContactOutcome;
  readonly words: string;
  readonly byId: string;
}
/** As far as the caller may see them, the oldest first. */
export const attemptsOf = (tx: Tx, contactId: string): Promise<KeptAttempt[]> =>
  tx.query<KeptAttempt>(
    `SELECT at, way, safe, outcome, words, by_id AS "byId" FROM advocate_attempt WHERE contact_id = $1 ORDER BY version`,
    [contactId],
    'contact-attempts',
  );

/** Asks the agency of an advocate, and gives what is told of it. It sees it once it takes part in the case. */
export async function askAdvocate(
  tx: Tx,
  r: Pick<ForumReferral, 'id' | 'forumId' | 'caseId' | 'subjectId'>,
  orgId: string,
) {
  const contactId = newId();
  await tx.execute(
    `INSERT INTO advocate_contact (id, referral_id, forum_id, case_id, subject_id, org_id, version, state, asked_at)
     VALUES ($1, $2, $3, $4, $5, $6, 1, 'asked', $7)`,
    [contactId, r.id, r.forumId, r.caseId, r.subjectId, orgId, tx.now],
    'ask-advocate',
  );
  return { caseId: r.caseId, contactId, referralId: r.id, forumId: r.forumId, orgId, state: 'asked' as const };
}

/** Writes an attempt and where the contact stands after it, and answers its version. */
export async function keepAttempt(tx: Tx, contact: Contact, a: ContactAttempt, state: ContactState): Promise<number> {
  const version = contact.version + 1;
  await tx.execute(
    `INSERT INTO advocate_attempt (contact_id, version, at, way, safe, message_allowed, outcome, words, by_id, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [contact.id, version, a.at, a.way, a.safe, a.messageAllowed, a.outcome, a.words, tx.actor.id, tx.now],
    'keep-contact-attempt',
  );
  await tx.execute(
    'UPDATE advocate_contact SET version = $2, state = $3, last_at = $4 WHERE id = $1',
    [contact.id, version, state, a.at],
    'move-contact',
  );
  return version;
}

/**
 * Where the contact before a meeting stands, for whoever sees the case at it; with what was said as far as the database shows it:
 * nothing before signing. `informs`: what it tells of, as agreements call it.
 */
export async function contactShown(tx: Tx, referralId: string, informs: string) {
  const [row] = await tx.query<{ id: string; orgId: string; state: ContactState; lastAt: Date | null }>(
    `SELECT id, org_id AS "orgId", state, last_at AS "lastAt" FROM advocate_contact WHERE referral_id = $1`,
    [referralId],
    'contact-of-referral',
  );
  if (!row) return null;
  const { id, ...standing } = row;
  const attempts = await attemptsOf(tx, id);
  return { standing, attempts: attempts.map((each) => ({ ...each, orgId: row.orgId, informs: [informs] })) };
}
