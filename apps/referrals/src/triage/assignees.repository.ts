import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { Received } from '../referrals.repository';

/** To whom a referral may be given: staff of the agency that triages it. */
@Injectable()
export class Assignees {
  /** Whether somebody is an active member of the receiving organisation, covers the area, and may be given referrals. */
  async mayReceive(tx: Tx, userId: string, referral: Received): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM member WHERE user_id = $1 AND org_id = $2 AND active AND may_receive
          AND (cardinality(areas) = 0 OR $3 = ANY (areas)) AND roles && '{safeguarding-lead,practitioner}'`,
      [userId, referral.receivingOrg, referral.areaId],
      'may-receive',
    );
    return rows.length > 0;
  }
}
