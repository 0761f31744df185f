import { Retention } from '../apis/retention';
import { AnswerErasurePage } from './answer/page';
import { KeptCasePage } from './case/page';
import { EraseCasePage } from './erase/page';
import { ErasedCasesPage } from './erased/page';
import { HoldCasePage } from './hold/page';
import { KeepCasePage } from './keep/page';
import { Keepings } from './keepings';
import { RetentionQueuePage } from './queue/page';
import { ReleaseHoldPage } from './release/page';

/** `/retention`: cases whose time is up, what keeps others, and what was erased. */
export const pages = [
  RetentionQueuePage,
  ErasedCasesPage,
  KeptCasePage,
  KeepCasePage,
  EraseCasePage,
  AnswerErasurePage,
  HoldCasePage,
  ReleaseHoldPage,
];
/** What these pages are made with. */
export const providers = [Retention, Keepings];
