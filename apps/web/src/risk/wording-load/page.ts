import { Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Wordings, type WordableInstrument, type WordingFile, type WordingRow } from '../../apis/wordings';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { textOfFile } from '../../design/text-of-file';
import { Visiting, type Visit } from '../../session/visit';
import { formatOf, templateOf } from '../wording-words';

/** Reads a file of the agency's wording, shows it beside the neutral labels, and loads it once it was looked at. */
@Page({
  at: 'wordings/load/:instrument',
  folder: 'risk/wording-load',
  may: 'wording.load',
  states: ['asking', 'error', 'checked'],
})
export class LoadWordingPage {
  constructor(private readonly wordings: Wordings) {}

  @Get()
  async show(@Visiting() visit: Visit, @Param('instrument') code: string): Promise<View> {
    const instrument = await this.open(visit, code);
    const before = instrument.wording && (await this.wordings.one(visit, instrument.wording.id));
    const values = {
      ...{ title: before?.title ?? '', attribution: before?.attribution ?? '' },
      content: templateOf(instrument, before?.rows ?? []),
    };
    return this.page(instrument, formOf({ values }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Param('instrument') code: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const instrument = await this.open(visit, code);
    const file = fileOf(sent, code);
    let problems: readonly FieldProblem[] = sent.errors;
    let rows: readonly WordingRow[] = [];
    if (problems.length === 0)
      try {
        // A file that was chosen is looked at before it is loaded.
        if (sent.text('_then') === 'load' && !sent.file) {
          const { id } = await this.wordings.load(visit, file, sent.key);
          return redirect(`/wordings/${id}?done=loaded`);
        }
        rows = (await this.wordings.check(visit, file, sent.key)).rows;
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = error.details.errors ?? [];
      }
    const form = formAgain(sent, problems, { fieldOf: (field) => field.split('.')[0]! });
    const values = { ...form.values, content: file.content };
    // Each line that is wrong is said, where a field has one message only.
    const errorList = problems.map(({ field, message }) => ({ text: message, href: `#${field.split('.')[0]!}` }));
    return this.page(instrument, { ...form, values, errorList }, rows, problems.length > 0 ? 422 : 200);
  }

  private async open(visit: Visit, code: string): Promise<WordableInstrument> {
    const found = (await this.wordings.all(visit)).find(({ instrument }) => instrument === code);
    if (!found) throw new NotFound('instrument');
    return found;
  }

  private page(instrument: WordableInstrument, form: Form, rows: readonly WordingRow[] = [], status = 200): View {
    return show({ instrument, form, rows, back: { text: 'Back to wordings', href: '/wordings' } }, status);
  }
}

/** What was sent: a chosen file in the place of what was pasted. What is wrong with it is among its errors. */
function fileOf(sent: Submitted, instrument: string): WordingFile {
  const chosen = textOfFile(sent.file);
  const content = (chosen ?? sent.text('content') ?? '').replace(/^\uFEFF/, '');
  const [title = '', attribution = ''] = [sent.text('title'), sent.text('attribution')];
  if (!title) sent.wrong('title', 'required', 'Enter what your agency calls it');
  if (!attribution) sent.wrong('attribution', 'required', 'Enter whose wording it is and by which licence you use it');
  if (chosen === null) sent.wrong('file', 'not-text', 'The file must be text in UTF-8');
  else if (!content.trim()) sent.wrong('content', 'required', 'Choose a file, or paste the wording');
  return { instrument, title, attribution, format: formatOf(content), content };
}
