import { Notifications } from '../apis/notifications';
import { Unread } from '../session/unread';
import { MessagesPage } from '../messages/list/page';
import { AwayPage } from './away/page';
import { DeadlineCalendarPage } from './calendar/page';
import { DeadlinesCsvPage } from './csv/page';
import { DeadlinesPage } from './list/page';
import { PartnershipDeadlinesPage } from './partnership/page';
import { SubscribePage } from './subscribe/page';

/** `/deadlines` and `/messages`: what is due, and what one is told of it. */
export const pages = [
  DeadlinesPage,
  DeadlinesCsvPage,
  DeadlineCalendarPage,
  PartnershipDeadlinesPage,
  AwayPage,
  SubscribePage,
  MessagesPage,
];

export const providers = [Notifications, Unread];
