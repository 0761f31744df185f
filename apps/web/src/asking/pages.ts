import { AskKnownPage } from './ask/page';
import { AskByRequestPage } from './by-request/page';
import { KnownQuestionsPage } from './list/page';
import { KnownQuestionPage } from './one/page';
import { KnownRequestPage } from './request/page';

/** Asking another agency whether somebody is known to it. */
export const pages = [KnownQuestionsPage, AskKnownPage, AskByRequestPage, KnownQuestionPage, KnownRequestPage];
