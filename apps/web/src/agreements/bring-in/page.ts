import { Conflict, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { formAgain, formOf } from '../../design/form';
import { placed, summed, type Placed } from '../../design/given-places';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { textOfFile } from '../../design/text-of-file';
import { Visiting, type Visit } from '../../session/visit';

/** Makes a draft of an agreement that another system gave in the vocabulary of Social Care Data; or says exactly what is wrong in it. */
@Page({ at: 'agreements/bring-in', folder: 'agreements/bring-in', may: 'agreement.draft', states: ['empty', 'error'] })
export class BringInAgreementPage {
  constructor(private readonly agreements: Agreements) {}

  @Get()
  show(): View {
    return show({ form: formOf(), found: [], back: { href: '/agreements' } });
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const chosen = textOfFile(sent.file);
    const content = (chosen ?? sent.text('content'))?.replace(/^\uFEFF/, '');
    if (chosen === null) return again(sent, '', [{ field: 'file', code: 'not-text', message: NOT_TEXT }]);
    if (!content) return again(sent, '', [{ field: 'content', code: 'required', message: NOTHING }]);
    try {
      const { id } = await this.agreements.bringIn(visit, content, { key: sent.key });
      return redirect(`/agreements/${id}?done=brought-in`);
    } catch (error) {
      if (error instanceof Conflict)
        return again(sent, content, [{ field: 'content', code: error.code, message: TAKEN }]);
      if (error instanceof Invalid) return again(sent, content, [], placed(error.details.errors ?? []));
      throw error;
    }
  }
}

const NOTHING = 'Choose a file, or paste the policy';
const NOT_TEXT = 'The file must be JSON in UTF-8';
const TAKEN = 'There is an agreement with this identifier and version already. Give it another identifier';

/** The form again with what was given, a chosen file as the text that it was, and each thing that is wrong at its place. */
function again(
  sent: Submitted,
  content: string,
  problems: readonly FieldProblem[],
  found: readonly Placed[] = [],
): View {
  const form = formAgain(sent, [...problems, ...summed(found, 'policy')]);
  return show({ form: { ...form, values: { ...form.values, content } }, found, back: { href: '/agreements' } }, 422);
}
