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
