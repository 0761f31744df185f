import { Get } from '@nestjs/common';
import { Audit } from '../../apis/audit';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { alarmsOf } from '../alarms';

/** How the ledger stands, and what is wrong with it. For auditors, and for administrators, who can mend it. */
@Page({
  at: 'audit/ledger',
  folder: 'audit/ledger',
  may: ['ledger.read', 'membership.list'],
  states: ['well', 'alarm'],
})
export class LedgerPage {
  constructor(private readonly audit: Audit) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const status = await this.audit.status(visit);
    const alarms = alarmsOf(status);
    return show({ status: { ...status, alarms }, alarms, auditor: visit.may('trail.read') });
  }
}
