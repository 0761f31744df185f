import { TooMany, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { KnownQuestions } from '../../apis/known-questions';
import { formAgain, formOf, type Form, type FormParts } from '../../design/form';
import { placed, summed, type Placed } from '../../design/given-places';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { textOfFile } from '../../design/text-of-file';
import { Refusals, type NotShared } from '../../hand-over/not-shared';
import { consentIn, missing, sharingChoices } from '../../hand-over/sharing';
import { Visiting, type Visit } from '../../session/visit';
import { problemsIn } from '../problems-in';

/** "Is this person known to you?", as a Request of Social Care Data says it: decided by the agreements that it names. */
@Page({
  at: 'asking/by-request',
  folder: 'asking/by-request',
  may: 'person.ask-known',
  states: ['empty', 'error'],
})
export class AskByRequestPage {
  constructor(
    private readonly questions: KnownQuestions,
    private readonly handOver: HandOver,
    private readonly directory: Directory,
    private readonly refusals: Refusals,
  ) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const { content, wrong } = requestIn(sent);
    const again = (problems: readonly FieldProblem[], parts: FormParts = {}): Form => {
      const form = formAgain(sent, problems, parts);
      // A chosen file comes back as the text that it was: browsers never fill one in again.
      return { ...form, values: { ...form.values, content: content ?? '' } };
    };
    const toOrg = sent.text('toOrg');
    const { consent, needed } = consentIn(sent);
    const problems = [
      ...missing([['toOrg', toOrg, 'Select which agency you ask']]),
      ...(wrong ? [wrong] : missing([['content', content, 'Choose a file, or paste the request']])),
      ...missing(needed),
    ];
    if (problems.length > 0) return this.page(visit, again(problems));
    try {
      const body = { toOrg, content, ...(consent ? { consent } : {}) };
      const { id } = await this.questions.askByRequest(visit, body, sent.key);
      return redirect(`/asking/${id}`);
    } catch (error) {
      const refused = await this.refusals.told(visit, error, { whom: 'toOrg' });
      if (refused) return this.page(visit, again(refused.problems), [], { refused, status: 403 });
      const found = problemsIn(error);
      const status = error instanceof TooMany ? 429 : 422;
      const places = placed(found);
      const others = found.filter(({ field }) => !/^content(?:\.|$)/.test(field));
      return this.page(visit, again([...others, ...summed(places, 'request')], { fieldOf }), places, { status });
    }
  }

  private async page(
    visit: Visit,
    form: Form,
    found: readonly Placed[] = [],
    { refused, status }: { readonly refused?: NotShared; readonly status?: number } = {},
  ): Promise<View> {
    const [organisations, practice] = await Promise.all([
      this.directory.organisations(visit),
      this.handOver.practice(visit),
    ]);
    const own = visit.person.organisation.id;
    const agencies = organisations.filter((o) => o.id !== own).map(({ id, name }) => ({ value: id, text: name }));
    return show(
      { form, found, refused, agencies, sharing: sharingChoices(practice), back: { href: '/asking' } },
      status ?? (form.errorList.length > 0 ? 422 : 200),
    );
  }
}

/** What a request may hold, as the API takes it. */
const MOST_BYTES = 200_000;

/** The request as text, of a chosen file or as it was pasted; or what is wrong with the file. */
function requestIn(sent: Submitted): { readonly content?: string | undefined; readonly wrong?: FieldProblem } {
  const pasted = sent.text('content');
  const chosen = textOfFile(sent.file);
  if (chosen === undefined) return { content: pasted };
  if (chosen === null)
    return { content: pasted, wrong: { field: 'file', code: 'not-text', message: 'The file must be JSON in UTF-8' } };
  if (sent.file!.length > MOST_BYTES)
    return {
      content: pasted,
      wrong: { field: 'file', code: 'too-large', message: 'The file must be smaller than 200 KB' },
    };
  return { content: chosen.replace(/^\uFEFF/, '') };
}

/** What the request says of the person is pasted: what is wrong with that is wrong with it. */
const fieldOf = (field: string): string =>
  field.startsWith('person.') || field === 'purpose' ? 'content' : field === 'consent' ? 'consent.answer' : field;
