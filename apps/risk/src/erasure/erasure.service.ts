import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { eraseCase } from './erasure.repository';

/** Takes away what risk holds of a case that was erased. What is left of it is records' to keep. */
@Injectable()
export class ErasureService {
  async erase(tx: Tx, caseId: string): Promise<void> {
    await eraseCase(tx, caseId);
    // Not as subjects: what is said of it here must not go with the key of who was in it.
    tx.about({ objects: [{ t: 'erasure', id: caseId }] });
  }
}
