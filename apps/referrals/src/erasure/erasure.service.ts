import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { eraseReferral } from './erasure.repository';

/** Takes away what referrals holds of a case that was erased. What is left of the two is records' to keep. */
@Injectable()
export class ErasureService {
  async erase(tx: Tx, caseId: string, referralId: string | null): Promise<void> {
    await eraseReferral(tx, caseId, referralId);
    // Not as subjects: what is said of it here must not go with the key of who was in it.
    tx.about({
      objects: [{ t: 'erasure', id: caseId }, ...(referralId ? [{ t: 'referral' as const, id: referralId }] : [])],
    });
  }
}
