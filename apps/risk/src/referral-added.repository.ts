import type { Tx } from '@concordat/messaging';

/** What the agency that referred a case has said since, when the referral was returned or challenged: the oldest first. */
export async function addedTo(tx: Tx, referralId: string): Promise<string[]> {
  const rows = await tx.query<{ words: string }>(
    `SELECT words FROM forum_referral_step WHERE referral_id = $1 AND step IN ('complete', 'challenge') ORDER BY version`,
    [referralId],
    'added-to-referral',
  );
  return rows.map(({ words }) => words);
}

/** On what referrals rested that were merged into this one, or into those: the oldest first. */
export const mergedInto = (
  tx: Tx,
  referralId: string,
): Promise<{ readonly orgId: string; readonly evidence: readonly string[] }[]> =>
  tx.query<{ orgId: string; evidence: string[] }>(
    `WITH RECURSIVE merged AS (
       SELECT id FROM forum_referral WHERE merged_into = $1
       UNION SELECT r.id FROM forum_referral r JOIN merged m ON r.merged_into = m.id)
     SELECT r.org_id AS "orgId", ARRAY(SELECT c ->> 'evidence' FROM jsonb_array_elements(r.criteria) c) AS evidence
       FROM forum_referral r JOIN merged USING (id) ORDER BY r.at`,
    [referralId],
    'merged-into-referral',
  );
