import { AdvocateContacts } from '../apis/advocate-contacts';
import { Conferences } from '../apis/conferences';
import { ForumTransfers } from '../apis/forum-transfers';
import { ForumStatistics } from '../apis/forum-statistics';
import { MinutesPapers } from '../apis/minutes-papers';
import { ConferenceActionPage } from './action/page';
import { ConferenceActionsPage } from './actions/page';
import { ActionsTogetherPage } from './actions-together/page';
import { MeetingCalendarPage } from './calendar/page';
import { AmendMinutesPage } from './amend/page';
import { ShownMinutes } from './minuted';
import { MinutesFilePage } from './minutes-file/page';
import { MinutesPaperPage } from './minutes-paper/page';
import { CaseChangesPage } from './changes/page';
import { AdvocateContactPage } from './contact/page';
import { AdvocateContactsPage } from './contacts/page';
import { CancelMeetingPage } from './cancel/page';
import { DecisionFilePage } from './decision-file/page';
import { DecisionRecordPage } from './decision-record/page';
import { DeferCasePage } from './defer/page';
import { EmergencyMeetingPage } from './emergency/page';
import { ForumStagePage } from './stage/page';
import { ForumFlagsPage } from './flags/page';
import { ForumPage } from './forum/page';
import { ForumChoices } from './forum-choices';
import { SetUpForumPage } from './forum-set-up/page';
import { ForumSettingsPage } from './forum-settings/page';
import { ForumsPage } from './forums/page';
import { MeetingPage } from './meeting/page';
import { PublishedFiguresPage } from './published/page';
import { ForumStatisticsPage } from './statistics/page';
import { CountedCasesPage } from './statistics-cases/page';
import { ForumStatisticsCsvPage } from './statistics-csv/page';
import { MinutesPage } from './minutes/page';
import { NotesPage } from './notes/page';
import { ConferencePeople } from './people';
import { ReferralFrame } from './referral-frame';
import { ReferToForumPage } from './refer/page';
import { CaseReferralsPage } from './referrals/page';
import { ResearchPage } from './research/page';
import { ResearchOwedPage } from './research-owed/page';
import { ObserversPage } from './observers/page';
import { RearrangeMeetingPage } from './rearrange/page';
import { SessionPage } from './session/page';
import { TransferPage } from './transfer/page';
import { TransferredPage } from './transferred/page';
import { SignMeetingPage } from './sign/page';

/** `/forums`, `/meetings/:id`, `/minutes-papers/:id` and `/conference-actions`: forums, their meetings, and the actions that follow. */
export const pages = [
  ForumsPage,
  SetUpForumPage,
  ForumSettingsPage,
  ForumPage,
  ForumFlagsPage,
  ForumStatisticsCsvPage,
  ForumStatisticsPage,
  CountedCasesPage,
  PublishedFiguresPage,
  ReferToForumPage,
  CaseReferralsPage,
  EmergencyMeetingPage,
  ForumStagePage,
  TransferPage,
  TransferredPage,
  AdvocateContactsPage,
  AdvocateContactPage,
  MeetingCalendarPage,
  MeetingPage,
  CancelMeetingPage,
  RearrangeMeetingPage,
  ObserversPage,
  SignMeetingPage,
  SessionPage,
  NotesPage,
  CaseChangesPage,
  ResearchPage,
  ResearchOwedPage,
  DeferCasePage,
  MinutesPage,
  MinutesPaperPage,
  MinutesFilePage,
  DecisionRecordPage,
  DecisionFilePage,
  AmendMinutesPage,
  ConferenceActionsPage,
  ActionsTogetherPage,
  ConferenceActionPage,
];
/** What these pages are made with. */
export const providers = [
  Conferences,
  AdvocateContacts,
  ForumTransfers,
  ForumChoices,
  ShownMinutes,
  ConferencePeople,
  ReferralFrame,
  ForumStatistics,
  MinutesPapers,
];
