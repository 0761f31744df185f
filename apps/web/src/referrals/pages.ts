import { AnswerQuestionPage } from './answer-question/page';
import { DraftsPage } from './drafts/page';
import { MadePage } from './made/page';
import { AboutPage } from './make-a-referral/about/page';
import { CheckAnswersPage } from './make-a-referral/check-answers/page';
import { ConcernsPage } from './make-a-referral/concerns/page';
import { ConsentPage } from './make-a-referral/consent/page';
import { CriteriaPage } from './make-a-referral/criteria/page';
import { DiscardPage } from './make-a-referral/discard/page';
import { EqualityPage } from './make-a-referral/equality/page';
import { FearsPage } from './make-a-referral/fears/page';
import { PathwayPage } from './make-a-referral/pathway/page';
import { PeoplePage } from './make-a-referral/people/page';
import { PersonPage } from './make-a-referral/person/page';
import { QuestionsPage } from './make-a-referral/questions/page';
import { RelationshipsPage } from './make-a-referral/relationships/page';
import { RemovePersonPage } from './make-a-referral/remove-person/page';
import { SafeContactPage } from './make-a-referral/safe-contact/page';
import { StaffRiskPage } from './make-a-referral/staff-risk/page';
import { StartPage } from './make-a-referral/start/page';
import { TaskListPage } from './make-a-referral/task-list/page';
import { WishesPage } from './make-a-referral/wishes/page';
import { ReferralPage } from './referral/page';
import { SentPage } from './sent/page';
import { WithdrawPage } from './withdraw/page';

/** `/referrals`: making one, and following those that were made. */
export const pages = [
  StartPage,
  TaskListPage,
  PathwayPage,
  AboutPage,
  PeoplePage,
  PersonPage,
  RemovePersonPage,
  RelationshipsPage,
  SafeContactPage,
  ConcernsPage,
  CriteriaPage,
  FearsPage,
  QuestionsPage,
  ConsentPage,
  EqualityPage,
  StaffRiskPage,
  WishesPage,
  CheckAnswersPage,
  DiscardPage,
  SentPage,
  DraftsPage,
  MadePage,
  ReferralPage,
  AnswerQuestionPage,
  WithdrawPage,
];
