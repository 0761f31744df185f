import type { ReferralStanding, ReferralStep } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { ForumReferral } from '../forum-referral';
import type { StageStart } from '../forum-stage';
import type { EarlierReferral } from '../repeat';
import { asEarlier } from '../forum-referral';

export interface ReferralOfCase extends Record<string, unknown> {
  readonly id: string;
  readonly forumId: string;
  readonly subjectId: string;
  readonly orgId: string;
  readonly byId: string;
  readonly at: Date;
  readonly criteria: ForumReferral['criteria'];
  readonly repeat: ForumReferral['repeat'];
  readonly diverts: ForumReferral['diverts'];
  readonly waiting: boolean;
  /** Of one that was heard and comes back: not before this civil day. */
  readonly waitsUntil: string | null;
  readonly version: number;
  readonly standing: ReferralStanding;
  /** Of one that is merged: the referral that stays. */
  readonly mergedInto: string | null;
  /** Whether another agency's referral was merged into it. */
  readonly standsForOthers: boolean;
  readonly caseId: string;
  /** What became of it since it was made, and what was said. */
  readonly steps: readonly {
    readonly step: ReferralStep | 'transfer';
    readonly words: string;
    readonly advice: string | null;
    readonly byId: string;
    readonly orgId: string;
    readonly at: string;
  }[];
  /** Stages of it at the forum, in the order in which they began. */
  readonly stages: readonly StageStart[];
  /** The meeting that it was last put before, and where it stands there. */
  readonly heldOn: string | null;
  readonly state: string | null;
  /** The forum that it was transferred from. */
  readonly fromForum: string | null;
}

/** Of a referral `r`, the stages that began. */
const STAGES = `coalesce((SELECT jsonb_agg(jsonb_build_object('stage', g.stage, 'beganOn', g.began_on, 'ends', g.ends, 'byId', g.by_id, 'orgId', g.org_id,
              'at', g.at) ORDER BY g.number) FROM forum_referral_stage g WHERE g.referral_id = r.id), '[]') AS stages`;

/** Referrals of a case that the caller may see, the newest first. */
export const referralsOf = (tx: Tx, caseId: string): Promise<ReferralOfCase[]> =>
  tx.query<ReferralOfCase>(
    `SELECT r.id, r.forum_id AS "forumId", standing_person(r.subject_id) AS "subjectId", r.org_id AS "orgId", r.by_id AS "byId", r.at,
            r.criteria, r.repeat, r.diverts, r.waiting, r.waits_until::text AS "waitsUntil", r.version, r.standing, r.merged_into AS "mergedInto",
            r.stands_for_others AS "standsForOthers", r.case_id AS "caseId", r.from_forum AS "fromForum", coalesce((SELECT jsonb_agg(jsonb_build_object('step', t.step,
              'words', t.words, 'advice', t.advice, 'byId', t.by_id, 'orgId', t.org_id, 'at', t.at) ORDER BY t.version)
              FROM forum_referral_step t WHERE t.referral_id = r.id), '[]') AS steps, ${STAGES}, s.held_on::text AS "heldOn", s.state
       FROM forum_referral r LEFT JOIN LATERAL referral_standing(r.id) s ON true
      WHERE r.case_id = $1 ORDER BY r.at DESC LIMIT 100`,
    [caseId],
    'referrals-of-case',
  );

/** Stages of a referral that the caller may see, in the order in which they began, and the day of the referral in London. */
export async function stagesBegun(tx: Tx, referralId: string): Promise<{ starts: StageStart[]; at: Date }> {
  const [row] = await tx.query<{ stages: StageStart[]; at: Date }>(
    `SELECT r.at, ${STAGES} FROM forum_referral r WHERE r.id = $1`,
    [referralId],
    'stages-begun',
  );
  return { starts: row!.stages, at: row!.at };
}

/** Writes that a stage began, or ended, under the next number. Answers the version of the referral from then on. */
export async function insertStage(
  tx: Tx,
  { id, version }: { readonly id: string; readonly version: number },
  { number, stage, on, ends, rule }: { number: number; stage: string; on: string; ends: boolean; rule: string },
): Promise<number> {
  await tx.execute(
    `INSERT INTO forum_referral_stage (referral_id, number, stage, began_on, rule, by_id, org_id, at, ends)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, number, stage, on, rule, tx.actor.id, tx.actor.orgId, tx.now, ends],
    'insert-forum-stage',
  );
  await tx.execute('UPDATE forum_referral SET version = $2 WHERE id = $1', [id, version + 1], 'forum-referral-version');
  return version + 1;
}

export async function insertReferral(
  tx: Tx,
  r: ForumReferral,
  stamp: { pack: string; forumVersion: number },
): Promise<void> {
  await tx.execute(
    `INSERT INTO forum_referral (id, forum_id, case_id, subject_id, other_ids, child_ids, org_id, by_id, at, criteria, incident,
       consent, repeat, pack, forum_version, waiting, home_org, diverts)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, true, $16, $17)`,
    [
      ...[
        r.id,
        r.forumId,
        r.caseId,
        r.subjectId,
        r.otherIds,
        r.childIds,
        r.orgId,
        r.byId,
        r.at,
        JSON.stringify(r.criteria),
      ],
      ...[r.incident && JSON.stringify(r.incident), JSON.stringify(r.consent), r.repeat && JSON.stringify(r.repeat)],
      ...[stamp.pack, stamp.forumVersion, r.homeOrg, JSON.stringify(r.diverts)],
    ],
    'insert-forum-referral',
  );
}

/** Writes what is counted of a referral. Nobody reads it again but as a number. */
export async function insertCharacteristics(
  tx: Tx,
  referralId: string,
  answers: readonly { readonly code: string; readonly answer: string }[],
): Promise<void> {
  if (answers.length === 0) return;
  await tx.execute(
    'INSERT INTO referral_characteristic (referral_id, code, answer) SELECT $1, * FROM unnest($2::text[], $3::text[])',
    [referralId, answers.map((a) => a.code), answers.map((a) => a.answer)],
    'insert-characteristics',
  );
}

/** Earlier referrals of somebody to a forum, by whichever agency and under whichever record of theirs. */
export async function earlierOf(tx: Tx, forumId: string, subjectId: string): Promise<EarlierReferral[]> {
  const rows = await tx.query<{ id: string; subjectId: string; otherIds: string[]; at: Date; heardOn: string | null }>(
    `SELECT id, subject_id AS "subjectId", other_ids AS "otherIds", at, heard_on::text AS "heardOn"
       FROM earlier_referrals($1, $2)`,
    [forumId, subjectId],
    'earlier-referrals',
  );
  return rows.map((row) => asEarlier(row, row.heardOn));
}
