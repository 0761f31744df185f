import { AccessibilityStatementPage } from './about/accessibility-statement/page';
import { HelpPage } from './about/help/page';
import { PrivacyPage } from './about/privacy/page';
import { AssetsPage } from './assets/serving/page';
import { pages as administration, providers as ofAdministration } from './administration/pages';
import { pages as agreements, providers as ofAgreements } from './agreements/pages';
import { pages as asking } from './asking/pages';
import { pages as asb } from './asb/pages';
import { pages as audit } from './audit/pages';
import { pages as glass } from './break-glass/pages';
import { pages as cases, providers as ofCases } from './cases/pages';
import { pages as developers, providers as ofDevelopers } from './developers/pages';
import { pages as deadlines, providers as ofDeadlines } from './deadlines/pages';
import { pages as handOver, providers as ofHandOver } from './hand-over/pages';
import { pages as exported } from './exports/pages';
import { pages as insight } from './insight/pages';
import { pages as imported } from './imports/pages';
import { HomePage } from './home/page';
import { ExtendPage } from './session/extend/page';
import { SignInPage } from './session/sign-in/page';
import { SignOutPage } from './session/sign-out/page';
import { SignOutEverywherePage } from './session/sign-out-everywhere/page';
import { SignedInPage } from './session/signed-in/page';
import { SignedOutPage } from './session/signed-out/page';
import { pages as meetings, providers as ofMeetings } from './meetings/pages';
import { pages as messages, providers as ofMessages } from './messages/pages';
import { pages as publishedReviews } from './published-reviews/pages';
import { pages as people } from './people/pages';
import { SearchEverythingPage } from './search/page';
import { pages as accessRequests, providers as ofAccessRequests } from './access-requests/pages';
import { pages as retention, providers as ofRetention } from './retention/pages';
import { pages as risk, providers as ofRisk } from './risk/pages';
import { pages as referrals } from './referrals/pages';
import { pages as reviews, providers as ofReviews } from './reviews/pages';
import { pages as triage, providers as ofTriage } from './triage/pages';

/** Every page, by what it is about. */
export const pages = [
  HomePage,
  SearchEverythingPage,
  ...referrals,
  ...triage,
  ...cases,
  ...risk,
  ...meetings,
  ...glass,
  ...deadlines,
  ...messages,
  ...handOver,
  ...asking,
  ...imported,
  ...agreements,
  ...reviews,
  ...asb,
  ...publishedReviews,
  ...retention,
  ...accessRequests,
  ...exported,
  ...insight,
  ...people,
  ...administration,
  ...developers,
  ...audit,
  SignInPage,
  SignOutPage,
  SignOutEverywherePage,
  SignedInPage,
  SignedOutPage,
  ExtendPage,
  AccessibilityStatementPage,
  PrivacyPage,
  HelpPage,
  AssetsPage,
];

/** What pages are made with, beside the APIs. */
export const providers = [
  ...ofReviews,
  ...ofDeadlines,
  ...ofMessages,
  ...ofTriage,
  ...ofCases,
  ...ofRisk,
  ...ofMeetings,
  ...ofRetention,
  ...ofAccessRequests,
  ...ofHandOver,
  ...ofAgreements,
  ...ofAdministration,
  ...ofDevelopers,
];
