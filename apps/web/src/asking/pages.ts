import { AskKnownPage } from './ask/page';
import { KnownQuestionsPage } from './list/page';
import { KnownQuestionPage } from './one/page';

/** Asking another agency whether somebody is known to it. */
export const pages = [KnownQuestionsPage, AskKnownPage, KnownQuestionPage];
