import { AccessRequests } from '../apis/access-requests';
import { AccessItemFilePage } from './file/page';
import { AccessItemPage } from './item/page';
import { AccessRequestsPage } from './list/page';
import { RecordRequestPage } from './record/page';
import { AccessRequestPage } from './request/page';

/** `/access-requests`: what somebody asks of what is held about them, and the answer. */
export const pages = [AccessRequestsPage, RecordRequestPage, AccessRequestPage, AccessItemPage, AccessItemFilePage];
/** What these pages are made with. */
export const providers = [AccessRequests];
