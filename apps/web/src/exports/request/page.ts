import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Exports } from '../../apis/exports';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { compact, Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { FORMATS, TYPES } from '../words';

const STATUSES = [
  { value: 'open', text: 'Open' },
  { value: 'closed', text: 'Closed' },
];

/** Asks for records as a file under a password. */
@Page({ at: 'exports/new', folder: 'exports/request', may: 'export.request', states: ['empty', 'error', 'weak'] })
export class RequestExportPage {
  constructor(
    private readonly exports: Exports,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit, formOf({ values: { type: 'cases', format: 'csv' } }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [type, format, password] = [sent.text('type'), sent.text('format'), sent.text('password')];
    let problems: FieldProblem[] = [];
    const needs = (field: string, message: string) => problems.push({ field, code: 'required', message });
    if (!type) needs('type', 'Select what you take out');
    if (!format) needs('format', 'Select the form of the file');
    if (!password) needs('password', 'Enter a password for the file');
    else if (password !== sent.text('again')) needs('again', 'Enter the same password twice');
    if (problems.length === 0) {
      const body = compact({ type, format, password, status: sent.text('status'), area: sent.text('area') });
      try {
        return redirect(`/exports/${(await this.exports.request(visit, body, sent.key)).id}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = [...(error.details.errors ?? [])];
      }
    }
    const form = formAgain(sent, problems);
    return this.page(visit, { ...form, values: { ...form.values, password: '', again: '' } }, 422);
  }

  private async page(visit: Visit, form: Form, status = 200): Promise<View> {
    const areas = (await this.directory.areas(visit)).map((a) => ({ value: a.id, text: a.name }));
    const offered = <T extends { readonly may: Parameters<Visit['may']>[0] }>(list: readonly T[]): T[] =>
      list.filter(({ may }) => visit.may(may));
    return show({ form, areas, statuses: STATUSES, types: offered(TYPES), formats: offered(FORMATS) }, status);
  }
}
