import { IMPORT_SOURCE, importKinds } from '@concordat/contracts';
import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Imports, type ImportFile } from '../../apis/imports';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { textOfFile } from '../../design/text-of-file';
import { Visiting, type Visit } from '../../session/visit';
import { KINDS, OF_ONE_CASE } from '../words';

/** With its quotation marks written as JSON such a file fits into what a request may hold. */
const MOST_BYTES = 800_000;
const FIELDS: readonly string[] = ['kind', 'areaId', 'case'];
/** Records of Social Care Data are a choice of their own: they are asked for something else than a file with columns. */
const MAIS = 'mais';
const SOURCE = 'Enter a short name for the system, in letters and digits, like casework';

/** Checks a file of records from another system, and lists those that were checked. Nothing is added yet. */
@Page({ at: 'imports', folder: 'imports/list', may: 'import.check', states: ['empty', 'error', 'filled'] })
export class ImportsPage {
  constructor(
    private readonly imports: Imports,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Query('page') asked?: string): Promise<View> {
    const page = /^[1-9]\d{0,3}$/.test(asked ?? '') ? Number(asked) : 1;
    return this.page(visit, formOf(), { page });
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const file = fileOf(sent);
    let problems: readonly FieldProblem[] = sent.errors;
    if (file !== null && problems.length === 0) {
      try {
        const { id } = await this.imports.check(visit, file, sent.key);
        return redirect(`/imports/${id}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = (error.details.errors ?? []).map((p) => ({ ...p, field: fieldOf(p.field, file.kind) }));
      }
    }
    return this.page(visit, formAgain(sent, problems), { status: 422 });
  }

  private async page(visit: Visit, form: Form, { page = 1, status = 200 } = {}): Promise<View> {
    const { items, pages } = await this.imports.list(visit, page);
    const { areas } = visit.person;
    const covered = areas.length > 0 ? areas : await this.directory.areas(visit);
    return show(
      {
        form,
        items: items.map((w) => ({ ...w, kindText: KINDS[w.kind].text })),
        kinds: [...importKinds.map((value) => ({ value, ...KINDS[value] })), { value: MAIS, ...OF_ONE_CASE }],
        page,
        pageCount: pages,
        previous: page > 1 ? `/imports?page=${page - 1}` : null,
        next: page < pages ? `/imports?page=${page + 1}` : null,
        areas: covered.map(({ id, name }) => ({ value: id, text: name })),
      },
      status,
    );
  }
}

/** What was sent, or null with what is wrong with it among its errors. What belongs to another kind of file is not looked at. */
function fileOf(sent: Submitted): ImportFile | null {
  const chosen = sent.text('kind');
  const isMais = chosen === MAIS;
  // Records of one case are entries of its chronology.
  const kind = isMais ? 'chronology' : importKinds.find((k) => k === chosen);
  if (!kind) sent.wrong('kind', 'required', 'Select what is in the file');
  const source = isMais || !kind ? undefined : sent.text(`${kind}.source`)?.toLowerCase();
  const areaId = kind === 'cases' ? sent.text('areaId') : undefined;
  const ofCase = isMais ? sent.text('case') : undefined;
  if (kind && kind !== 'chronology' && !source) sent.wrong(`${kind}.source`, 'required', SOURCE);
  else if (source && (source.length > 40 || !IMPORT_SOURCE.test(source)))
    sent.wrong(`${kind}.source`, 'wrong-form', SOURCE);
  if (kind === 'cases' && !areaId) sent.wrong('areaId', 'required', 'Select the area of the cases');
  if (isMais && !ofCase) sent.wrong('case', 'required', 'Enter the reference of the case');
  const content = textOfFile(sent.file) ?? null;
  if (!sent.file) sent.wrong('file', 'required', 'Select a file');
  else if (sent.file.length > MOST_BYTES) sent.wrong('file', 'too-large', 'The file must be smaller than 800 KB');
  else if (content === null) sent.wrong('file', 'not-text', 'The file must be text in UTF-8');
  if (content === null || !kind) return null;
  const format = isMais ? 'mais' : /^\uFEFF?\s*[[{]/.test(content) ? 'json' : 'csv';
  return { kind, source, areaId, format, content, case: ofCase };
}

/** Where the form asks for what the API calls so. */
const fieldOf = (field: string, kind: string): string =>
  field === 'source' ? `${kind}.source` : FIELDS.includes(field) ? field : 'file';
