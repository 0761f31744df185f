import { ExportFilePage } from './file/page';
import { ExportsPage } from './list/page';
import { ExportPage } from './one/page';
import { RequestExportPage } from './request/page';

/** `/exports`: records taken out as files. */
export const pages = [ExportsPage, RequestExportPage, ExportPage, ExportFilePage];
