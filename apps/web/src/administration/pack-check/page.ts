import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Packs, type TriedDocument } from '../../apis/packs';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { textOfFile } from '../../design/text-of-file';
import { Visiting, type Visit } from '../../session/visit';
import { differenceInWords } from '../pack-words';

/** Looks through a file of a pack before it is put to use: everything that is wrong by file, line and reason, or what it would change. */
@Page({
  at: 'administration/packs-check',
  folder: 'administration/pack-check',
  may: 'pack.view',
  states: ['empty', 'wrong', 'nothing-wrong', 'error'],
})
export class PackCheckPage {
  constructor(private readonly packs: Packs) {}

  @Get()
  show(): View {
    return page(formOf(), null);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View> {
    const chosen = textOfFile(sent.file);
    const content = (chosen ?? sent.text('content'))?.replace(/^\uFEFF/, '');
    const problems: FieldProblem[] = [];
    const wrong = (field: string, code: string, message: string): void => void problems.push({ field, code, message });
    if (chosen === null) wrong('file', 'not-text', 'The file must be text in UTF-8');
    else if (!content) wrong('content', 'required', 'Choose a file, or paste what is in it');
    if (problems.length > 0) return again(sent, content ?? '', problems);
    try {
      const tried = await this.packs.check(visit, { file: sent.text('name') ?? '', content: content! }, sent.key);
      return page(filled(formAgain(sent, []), content!), tried);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const named = (error.details.errors ?? []).map((p) => ({ ...p, field: p.field === 'file' ? 'name' : p.field }));
      return again(sent, content!, named);
    }
  }
}

/** A chosen file is shown again as the text that it was. */
const filled = (form: Form, content: string): Form => ({ ...form, values: { ...form.values, content } });

const again = (sent: Submitted, content: string, problems: readonly FieldProblem[]): View =>
  page(filled(formAgain(sent, problems), content), null, 422);

function page(form: Form, tried: TriedDocument | null, status = 200): View {
  const back = { text: 'Back to law and local practice', href: '/administration/packs' };
  const told = tried && { problems: tried.problems, changes: tried.differences.map(differenceInWords) };
  return show({ form, told, back }, status);
}
