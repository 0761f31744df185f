import { CaseErased, type Received } from '@concordat/contracts';
import { On, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { ErasureService } from './erasure.service';

/** Hears that a case was erased: the referral that it came from goes too, with everything by which that is found. */
@Injectable()
export class ErasureHandlers {
  constructor(private readonly erasure: ErasureService) {}

  @On(CaseErased, { action: 'referral.erase' })
  async erase({ data }: Received<CaseErased>, tx: Tx): Promise<void> {
    await this.erasure.erase(tx, data.caseId, data.referralId ?? null);
    tx.about({ rule: `${data.rule}@${data.ruleVersion}`, decision: data.decisionId });
  }
}
