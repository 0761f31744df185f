import { InsightOverviewPage } from './overview/page';
import { PackFilePage } from './pack-file/page';
import { PackPage } from './pack/page';
import { PacksPage } from './packs/page';
import { InsightSubjectCsvPage } from './subject-csv/page';
import { InsightSubjectPage } from './subject/page';

/** `/insight`: figures of the partnership, and packs of them for its board. */
export const pages = [
  InsightOverviewPage,
  PacksPage,
  PackPage,
  PackFilePage,
  InsightSubjectCsvPage,
  InsightSubjectPage,
];
