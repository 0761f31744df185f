import { IndexNumberedActs1700000170000 } from '@concordat/messaging';
import { KeepRelationships1700000180020 } from './migrations/1700000180020-keep-relationships';
import { GiveDocuments1700000180010 } from './migrations/1700000180010-give-documents';
import { LetWorkersThrough1700000170010 } from './migrations/1700000170010-let-workers-through';
import type { Migration } from '@concordat/platform';
import { ImportRecords1700000130000 } from './migrations/1700000130000-import-records';
import { OverseeWork1700000260200 } from './migrations/1700000260200-oversee-work';
import { CountWithheld1700000300000 } from './migrations/1700000300000-count-withheld';
import { RecalculateRetention1700000380000 } from './migrations/1700000380000-recalculate-retention';
import { ListOwnCases1700000440100 } from './migrations/1700000440100-list-own-cases';
import { MatchByKey1700000440300 } from './migrations/1700000440300-match-by-key';
import { SearchWithinAgreements1700000291000 } from './migrations/1700000291000-search-within-agreements';
import { CorrectImports1700000290000 } from './migrations/1700000290000-correct-imports';
import { AskOnAgreements1700000271000 } from './migrations/1700000271000-ask-on-agreements';
import { AskKnown1700000185000 } from './migrations/1700000185000-ask-known';
import { CreateRecords1700000002000 } from './migrations/1700000002000-create-records';
import { WidenPeople1700000004000 } from './migrations/1700000004000-widen-people';
import { RestrictRecords1700000010000 } from './migrations/1700000010000-restrict-records';
import { RestrictWhatFollows1700000010100 } from './migrations/1700000010100-restrict-what-follows';
import { CreateChronology1700000020000 } from './migrations/1700000020000-create-chronology';
import { LinkCases1700000020010 } from './migrations/1700000020010-link-cases';
import { KeepFacts1700000020020 } from './migrations/1700000020020-keep-facts';
import { KeepDocuments1700000020030 } from './migrations/1700000020030-keep-documents';
import { KeepNotes1700000020040 } from './migrations/1700000020040-keep-notes';
import { PlaceMembersInRecords1700000030000 } from './migrations/1700000030000-place-members';
import { ReferOnward1700000030100 } from './migrations/1700000030100-refer-onward';
import { TransferCases1700000030200 } from './migrations/1700000030200-transfer-cases';
import { SeeTransfers1700000030300 } from './migrations/1700000030300-see-transfers';
import { ReferForActions1700000030310 } from './migrations/1700000030310-refer-for-actions';
import { WorkInBulk1700000030320 } from './migrations/1700000030320-work-in-bulk';
import { ApproveStages1700000030330 } from './migrations/1700000030330-approve-stages';
import { ExportRecords1700000030340 } from './migrations/1700000030340-export-records';
import { LimitGlass1700000030350 } from './migrations/1700000030350-limit-glass';
import { TellOwners1700000030360 } from './migrations/1700000030360-tell-owners';
import { SearchRecords1700000060100 } from './migrations/1700000060100-search-records';
import { KeepOrErase1700000080000 } from './migrations/1700000080000-keep-or-erase';
import { AnswerAccessRequests1700000080100 } from './migrations/1700000080100-answer-access-requests';
import { PermitDisclosures1700000090000 } from './migrations/1700000090000-permit-disclosures';
import { BringCasesIn1700000270000 } from './migrations/1700000270000-bring-cases-in';
import { PermitParts1700000091000 } from './migrations/1700000091000-permit-parts';
import { UnmatchConfidential1700000095000 } from './migrations/1700000095000-unmatch-confidential';
import { KeepPlaces1700000096000 } from './migrations/1700000096000-keep-places';
import { KeepPayloadKeys1700000430000 } from './migrations/1700000430000-keep-payload-keys';

/** How the tables of records came to be, in the order in which they run. */
export const migrations: readonly Migration[] = [
  CreateRecords1700000002000,
  WidenPeople1700000004000,
  RestrictRecords1700000010000,
  RestrictWhatFollows1700000010100,
  CreateChronology1700000020000,
  LinkCases1700000020010,
  KeepFacts1700000020020,
  KeepDocuments1700000020030,
  KeepNotes1700000020040,
  PlaceMembersInRecords1700000030000,
  ReferOnward1700000030100,
  TransferCases1700000030200,
  SeeTransfers1700000030300,
  ReferForActions1700000030310,
  WorkInBulk1700000030320,
  ApproveStages1700000030330,
  ExportRecords1700000030340,
  LimitGlass1700000030350,
  TellOwners1700000030360,
  SearchRecords1700000060100,
  KeepOrErase1700000080000,
  AnswerAccessRequests1700000080100,
  PermitDisclosures1700000090000,
  PermitParts1700000091000,
  UnmatchConfidential1700000095000,
  KeepPlaces1700000096000,
  ImportRecords1700000130000,
  IndexNumberedActs1700000170000,
  LetWorkersThrough1700000170010,
  GiveDocuments1700000180010,
  AskKnown1700000185000,
  KeepRelationships1700000180020,
  OverseeWork1700000260200,
  BringCasesIn1700000270000,
  AskOnAgreements1700000271000,
  CorrectImports1700000290000,
  SearchWithinAgreements1700000291000,
  CountWithheld1700000300000,
  RecalculateRetention1700000380000,
  KeepPayloadKeys1700000430000,
  ListOwnCases1700000440100,
  MatchByKey1700000440300,
];
