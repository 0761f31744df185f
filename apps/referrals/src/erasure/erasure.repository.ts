import type { Tx } from '@concordat/messaging';

/** Takes away the referral behind a case, what it is found by, and who took part in the case. Done again it does nothing. */
export async function eraseReferral(tx: Tx, caseId: string, referralId: string | null): Promise<void> {
  await tx.execute('DELETE FROM referral_search WHERE referral_id = $1', [referralId], 'erase-from-search');
  await tx.execute('DELETE FROM referral WHERE id = $1', [referralId], 'erase-referral');
  await tx.execute('DELETE FROM case_access WHERE case_id = $1', [caseId], 'erase-case-access');
}
