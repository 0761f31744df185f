import { ComparePage } from './compare/page';
import { DuplicatesPage } from './duplicates/page';
import { EditPersonPage } from './edit/page';
import { EndRelationshipPage } from './end-relationship/page';
import { PersonHistoryPage } from './history/page';
import { PersonPage } from './person/page';
import { RestrictPersonPage } from './restrict/page';
import { RelatePage } from './relate/page';
import { UndoMergePage } from './undo-merge/page';

/** `/people`: what is known of a person, how they are related, and whether two records are of one. */
export const pages = [
  PersonPage,
  EditPersonPage,
  PersonHistoryPage,
  DuplicatesPage,
  ComparePage,
  UndoMergePage,
  RelatePage,
  EndRelationshipPage,
  RestrictPersonPage,
];
