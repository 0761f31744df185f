import { AnswerReferralPage } from './answer/page';
import { HandOverPage } from './list/page';
import { HandOverOfCasePage } from './of-case/page';
import { ReferPage } from './refer/page';
import { ReferredCasePage } from './referred-case/page';
import { ReferToPage } from './refer-to/page';
import { OnwardReferralPage } from './referral/page';

/** `/hand-over` and `/cases/:id/…`: what one agency hands to another. The page of a referred case stands before its steps. */
export const pages = [
  HandOverPage,
  HandOverOfCasePage,
  ReferToPage,
  ReferPage,
  OnwardReferralPage,
  ReferredCasePage,
  AnswerReferralPage,
];
