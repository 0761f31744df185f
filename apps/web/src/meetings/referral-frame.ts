import { NotFound } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Conferences } from '../apis/conferences';
import { Cases, headingOf, subNavigationOf } from '../cases/opened';
import type { Visit } from '../session/visit';

/** What pages of one referral to a forum share: the case around it, the referral and its forum. */
@Injectable()
export class ReferralFrame {
  constructor(
    private readonly conferences: Conferences,
    private readonly cases: Cases,
  ) {}

  /** A referral of a case that the visitor may see. Throws NotFound where there is none, or none of its forum. */
  async open(visit: Visit, caseId: string, referralId: string) {
    const opened = await this.cases.open(visit, caseId);
    const { items, forums } = await this.conferences.referrals(visit, caseId);
    const referral = items.find((item) => item.id === referralId);
    const forum = forums.find((each) => each.id === referral?.forumId);
    if (!referral || !forum) throw new NotFound('page');
    const { record } = opened;
    const around = { record, heading: headingOf(opened), navigationOfCase: subNavigationOf(caseId, 'risk') };
    return { referral, forum, forums, frame: { ...around, referral, forum: forum.title } };
  }
}
