import { AnswerApprovalPage } from './answer-approval/page';
import { AnswerReferralPage } from './answer/page';
import { AnswerTransferPage } from './answer-transfer/page';
import { ApprovalsPage } from './approvals/page';
import { ApprovalsOfCasePage } from './approvals-of-case/page';
import { AskForCasePage } from './ask-for/page';
import { AssignCasePage } from './assign/page';
import { BulkPage } from './bulk/page';
import { BulkWorkPage } from './bulk-work/page';
import { CaseFlagsPage } from './flags/page';
import { HandOverPage } from './list/page';
import { HandOverOfCasePage } from './of-case/page';
import { OfferCasePage } from './offer-case/page';
import { Picker } from './picker';
import { ReferPage } from './refer/page';
import { ReferredCasePage } from './referred-case/page';
import { ReferToPage } from './refer-to/page';
import { OnwardReferralPage } from './referral/page';
import { TransferPage } from './transfer/page';
import { RecordsCopyPage } from './records-copy/page';
import { TransferToPage } from './transfer-to/page';
import { TransfersPage } from './transfers/page';
import { Refusals } from './not-shared';
import { Whom } from './whom';

/** `/hand-over` and `/cases/:id/…`: what one agency hands to another. The page of a referred case stands before its steps. */
export const pages = [
  HandOverPage,
  HandOverOfCasePage,
  ReferToPage,
  ReferPage,
  OnwardReferralPage,
  ReferredCasePage,
  AnswerReferralPage,
  TransfersPage,
  TransferToPage,
  RecordsCopyPage,
  OfferCasePage,
  AskForCasePage,
  AssignCasePage,
  CaseFlagsPage,
  BulkPage,
  BulkWorkPage,
  ApprovalsPage,
  ApprovalsOfCasePage,
  AnswerApprovalPage,
  TransferPage,
  AnswerTransferPage,
];

export const providers = [Whom, Picker, Refusals];
