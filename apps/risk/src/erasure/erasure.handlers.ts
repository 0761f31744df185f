import { CaseErased, type Received } from '@concordat/contracts';
import { On, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { eraseCase } from './erasure.repository';

/** Hears that a case was erased: what was assessed in it goes too, with who was in it and who took part. */
@Injectable()
export class ErasureHandlers {
  @On(CaseErased, { action: 'assessment.erase' })
  async erase({ data }: Received<CaseErased>, tx: Tx): Promise<void> {
    await eraseCase(tx, data.caseId);
    // Not as subjects: what is said of it here must not go with the key of who was in it.
    tx.about({
      objects: [{ t: 'erasure', id: data.caseId }],
      rule: `${data.rule}@${data.ruleVersion}`,
      decision: data.decisionId,
    });
  }
}
