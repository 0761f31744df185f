import { CaseFacts } from '../apis/case-facts';
import { CaseLinksApi } from '../apis/case-links';
import { Chronology } from '../apis/chronology';
import { Documents } from '../apis/documents';
import { Notes } from '../apis/notes';
import { AccessLogPage } from './access-log/page';
import { AddAgencyPage } from './add-agency/page';
import { AddDocumentPage } from './add-document/page';
import { AddPersonPage } from './add-person/page';
import { AddToChronologyPage } from './add-to-chronology/page';
import { AgenciesPage } from './agencies/page';
import { AsItStoodPage } from './as-it-stood/page';
import { CasePage } from './case/page';
import { ChronologyPage } from './chronology/page';
import { ChronologyCsvPage } from './chronology-csv/page';
import { ChronologyEntryPage } from './chronology-entry/page';
import { ChronologyPrintPage } from './chronology-print/page';
import { CorrectEntryPage } from './correct-entry/page';
import { DocumentContentPage } from './document-content/page';
import { DocumentPage } from './document/page';
import { DocumentsPage } from './documents/page';
import { EndParticipationPage } from './end-participation/page';
import { HouseholdPage } from './household/page';
import { KeyFactsPage } from './key-facts/page';
import { LinkedCasesPage } from './linked/page';
import { OwnPartPage } from './own/page';
import { ChangeRestrictionPage } from './change-restriction/page';
import { LiftRestrictionPage } from './lift-restriction/page';
import { RedactDocumentPage } from './redact-document/page';
import { RestrictPage } from './restrict/page';
import { RestrictingCases } from './restricting';
import { RestrictionsPage } from './restrictions/page';
import { CasesPage } from './list/page';
import { MergedChronologyPage } from './merged-chronology/page';
import { NotesPage } from './notes/page';
import { Cases } from './opened';
import { Participating } from './participating';
import { PrintPage } from './print/page';
import { TimelinePage } from './timeline/page';
import { WithdrawEntryPage } from './withdraw-entry/page';

/** `/cases`: the cases of one's organisation, what is in each, and who takes part. */
export const pages = [
  CasesPage,
  CasePage,
  AsItStoodPage,
  ChronologyPage,
  ChronologyCsvPage,
  ChronologyPrintPage,
  AddToChronologyPage,
  ChronologyEntryPage,
  CorrectEntryPage,
  WithdrawEntryPage,
  MergedChronologyPage,
  HouseholdPage,
  OwnPartPage,
  RedactDocumentPage,
  LinkedCasesPage,
  KeyFactsPage,
  AddPersonPage,
  NotesPage,
  DocumentsPage,
  AddDocumentPage,
  DocumentPage,
  DocumentContentPage,
  RestrictionsPage,
  RestrictPage,
  ChangeRestrictionPage,
  LiftRestrictionPage,
  AgenciesPage,
  AddAgencyPage,
  EndParticipationPage,
  TimelinePage,
  AccessLogPage,
  PrintPage,
];
/** What these pages are made with. */
export const providers = [
  Cases,
  Participating,
  RestrictingCases,
  Chronology,
  CaseLinksApi,
  CaseFacts,
  Documents,
  Notes,
];
