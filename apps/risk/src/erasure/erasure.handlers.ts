import { CaseErased, type Received } from '@concordat/contracts';
import { On, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { ErasureService } from './erasure.service';

/** Hears that a case was erased: what was assessed in it goes too, with who was in it and who took part. */
@Injectable()
export class ErasureHandlers {
  constructor(private readonly erasure: ErasureService) {}

  @On(CaseErased, { action: 'assessment.erase' })
  async erase({ data }: Received<CaseErased>, tx: Tx): Promise<void> {
    await this.erasure.erase(tx, data.caseId);
    tx.about({ rule: `${data.rule}@${data.ruleVersion}`, decision: data.decisionId });
  }
}
