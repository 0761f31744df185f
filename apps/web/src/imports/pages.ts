import { ImportsPage } from './list/page';
import { ImportPage } from './one/page';
import { ImportPeoplePage } from './people/page';
import { ImportReportCsvPage } from './report-csv/page';
import { ImportTemplatePage } from './template/page';

/** `/imports`: cases, people and chronologies brought in from other systems. */
export const pages = [ImportsPage, ImportTemplatePage, ImportPage, ImportPeoplePage, ImportReportCsvPage];
