import { ApiDocuments } from '../apis/api-documents';
import { EventsPage } from './events/page';
import { OperationPage } from './operation/page';
import { OperationsPage } from './operations/page';
import { ProblemCodesPage } from './problems/page';

/** `/developers`: the API and the events, for whoever writes software of an agency. For anybody. */
export const pages = [OperationsPage, OperationPage, EventsPage, ProblemCodesPage];
/** What these pages are made with. */
export const providers = [ApiDocuments];
