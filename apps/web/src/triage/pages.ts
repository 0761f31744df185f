import { Acting } from './acting';
import { AssignPage } from './assign/page';
import { ChangesPage } from './changes/page';
import { DecidePage } from './decide/page';
import { DecidedPage } from './decided/page';
import { GiveFeedbackPage } from './give-feedback/page';
import { KnownPeoplePage } from './known-people/page';
import { Lines } from './lines';
import { NotePage } from './note/page';
import { RatePage } from './rate/page';
import { ReferralPage } from './referral/page';
import { ReopenPage } from './reopen/page';
import { RequestInformationPage } from './request-information/page';
import { SearchPage } from './search/page';
import { WorklistPage } from './worklist/page';

/** `/triage`: the work of a triaging agency, and each of its steps. */
export const pages = [
  WorklistPage,
  ChangesPage,
  SearchPage,
  ReferralPage,
  RatePage,
  AssignPage,
  KnownPeoplePage,
  NotePage,
  RequestInformationPage,
  DecidePage,
  DecidedPage,
  GiveFeedbackPage,
  ReopenPage,
];
/** What these pages are made with. */
export const providers = [Lines, Acting];
