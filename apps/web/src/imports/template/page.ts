import { importColumns, importKinds } from '@concordat/contracts';
import { csvLine, NotFound } from '@concordat/platform';
import { Get, Param } from '@nestjs/common';
import { download, Page, type Download } from '../../design/page';

/** A file to fill in: its columns, and no row. In JSON, one row of which every part is empty. */
@Page({ at: 'imports/templates/:name', folder: 'imports/template', may: 'import.check', states: [] })
export class ImportTemplatePage {
  @Get()
  give(@Param('name') name: string): Download {
    const [, of, format] = /^([a-z]+)\.(csv|json)$/.exec(name) ?? [];
    const kind = importKinds.find((k) => k === of);
    if (!kind) throw new NotFound('page');
    const columns = Object.keys(importColumns[kind]);
    if (format === 'csv') return download(csvLine(columns), name);
    const row = Object.fromEntries(columns.map((column) => [column, '']));
    return download(`${JSON.stringify([row], null, 2)}\n`, name, 'application/json');
  }
}
