import { Chronology } from '../apis/chronology';
import { AddAgencyPage } from './add-agency/page';
import { AddToChronologyPage } from './add-to-chronology/page';
import { AgenciesPage } from './agencies/page';
import { CasePage } from './case/page';
import { ChronologyPage } from './chronology/page';
import { ChronologyCsvPage } from './chronology-csv/page';
import { ChronologyEntryPage } from './chronology-entry/page';
import { ChronologyPrintPage } from './chronology-print/page';
import { CorrectEntryPage } from './correct-entry/page';
import { EndParticipationPage } from './end-participation/page';
import { CasesPage } from './list/page';
import { Cases } from './opened';
import { Participating } from './participating';
import { PrintPage } from './print/page';
import { TimelinePage } from './timeline/page';
import { WithdrawEntryPage } from './withdraw-entry/page';

/** `/cases`: the cases of one's organisation, what is in each, and who takes part. */
export const pages = [
  CasesPage,
  CasePage,
  ChronologyPage,
  ChronologyCsvPage,
  ChronologyPrintPage,
  AddToChronologyPage,
  ChronologyEntryPage,
  CorrectEntryPage,
  WithdrawEntryPage,
  AgenciesPage,
  AddAgencyPage,
  EndParticipationPage,
  TimelinePage,
  PrintPage,
];
/** What these pages are made with. */
export const providers = [Cases, Participating, Chronology];
