import { NotFound, type ReferralStanding, type ReferralStep } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';

/** A referral as far as its standing is concerned. */
export interface Screened extends Record<string, unknown> {
  readonly id: string;
  readonly forumId: string;
  readonly caseId: string;
  readonly subjectId: string;
  readonly orgId: string;
  readonly version: number;
  readonly standing: ReferralStanding;
  readonly heardOn: string | null;
  /** Whether another agency's referral was merged into it. */
  readonly standsForOthers: boolean;
  /** Who did not accept it last, if anybody. */
  readonly refusedBy: string | null;
}

/** A referral that the caller may see, held until the end of the unit of work for whoever may change it. Throws NotFound otherwise. */
export async function lockedReferral(tx: Tx, id: string): Promise<Screened> {
  await tx.query('SELECT 1 FROM forum_referral WHERE id = $1 FOR UPDATE', [id], 'lock-forum-referral');
  const [row] = await tx.query<Screened>(
    `SELECT r.id, r.forum_id AS "forumId", r.case_id AS "caseId", standing_person(r.subject_id) AS "subjectId", r.org_id AS "orgId",
            r.version, r.standing, r.heard_on::text AS "heardOn", r.stands_for_others AS "standsForOthers", (SELECT s.by_id FROM forum_referral_step s
              WHERE s.referral_id = r.id AND s.step = 'not-accept' ORDER BY s.version DESC LIMIT 1) AS "refusedBy"
       FROM forum_referral r WHERE r.id = $1`,
    [id],
    'forum-referral',
  );
  if (!row) throw new NotFound('forum-referral');
  return row;
}

/** Whether a referral was heard, or an emergency meeting about it is still to come. */
export async function emergencyOf(tx: Tx, id: string): Promise<{ readonly heard: boolean; readonly called: boolean }> {
  const [row] = await tx.query<{ heard: boolean | null; called: boolean | null }>(
    `SELECT bool_or(i.state = 'heard') AS heard,
            bool_or(m.emergency_reason IS NOT NULL AND i.state IN ('listed', 'open')) AS called
       FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id WHERE i.referral_id = $1`,
    [id],
    'emergency-of-referral',
  );
  return { heard: row?.heard ?? false, called: row?.called ?? false };
}

/** Takes it off agendas that are not issued; false when it stands on one that is, or was heard. */
export async function unlisted(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx.query<{ done: boolean }>('SELECT unlist_referral($1) AS done', [id], 'unlist-referral');
  return row?.done ?? false;
}

interface Said {
  readonly step: ReferralStep | 'transfer';
  readonly words: string;
  readonly advice: string | null;
  /** Of one that is merged: the referral that stays. */
  readonly into?: string | null;
}
/** Writes where a referral stands now, with what was said, and whether it waits for a meeting. Answers its version. */
export async function moveReferral(
  tx: Tx,
  { id, version }: Screened,
  standing: ReferralStanding,
  { step, words, advice, into = null }: Said,
): Promise<number> {
  // While the caller may still see it: by the wall of where it stands, and not of where it goes.
  await tx.execute(
    `INSERT INTO forum_referral_step (referral_id, version, step, words, advice, by_id, org_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, version + 1, step, words, advice, tx.actor.id, tx.actor.orgId, tx.now],
    'forum-referral-step',
  );
  await tx.execute(
    'UPDATE forum_referral SET standing = $2, version = $3, waiting = $4, merged_into = $5 WHERE id = $1',
    [id, standing, version + 1, standing === 'submitted', into],
    'move-forum-referral',
  );
  if (into)
    await tx.execute('UPDATE forum_referral SET stands_for_others = true WHERE id = $1', [into], 'referral-stands-for');
  return version + 1;
}
