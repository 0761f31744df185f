import { Conflict, Id, IllegalTransition } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { KnownQuestions, type AskedPerson } from '../../apis/known-questions';
import { civilDateOf, nhsNumberOf } from '../../design/filters';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Refusals } from '../../hand-over/not-shared';
import { Visiting, type Visit } from '../../session/visit';
import { KNOWN_STATES } from '../words';

/** One question whether somebody is known to another agency, and its answer: for whoever asked, and where it was asked. */
@Page({
  at: 'asking/:id',
  folder: 'asking/one',
  may: 'known-question.view',
  states: ['known', 'not-known', 'waiting', 'received'],
})
export class KnownQuestionPage {
  constructor(
    private readonly questions: KnownQuestions,
    private readonly directory: Directory,
    private readonly refusals: Refusals,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id);
  }

  /** Asks the same again: a person may have looked meanwhile. */
  @Post()
  async again(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    try {
      await this.questions.again(visit, id, { key: sent.key, version: sent.version });
    } catch (error) {
      const refused = await this.refusals.told(visit, error, { whom: 'toOrg' });
      if (refused) return this.page(visit, id, { refused }, 403);
      // What has become of it meanwhile is shown.
      if (!(error instanceof Conflict || error instanceof IllegalTransition)) throw error;
    }
    return redirect(`/asking/${id}`);
  }

  private async page(visit: Visit, id: string, more: object = {}, status = 200): Promise<View> {
    const question = await this.questions.one(visit, id);
    const names = await this.directory.names(visit, [question.askedBy]);
    return show(
      {
        ...{ question, told: KNOWN_STATES[question.state], who: question.who && rowsOf(question.who) },
        asker: `${names.person(question.askedBy)}, ${names.organisation(question.askedOrg)}`,
        agency: names.organisation(question.toOrg),
        contact: question.answer?.match ? contactOf(question.answer.contact) : [],
        matches: question.matches?.map((m) => ({
          ...m,
          title: [m.name?.given, m.name?.family].filter(Boolean).join(' ') || 'Name not known',
        })),
        seesDecision: visit.may('decision.view'),
        seesQuestions: visit.may('question.answer'),
        form: formOf({ version: question.version }),
        back: { href: question.side === 'received' ? '/asking?box=received' : '/asking' },
        ...more,
      },
      status,
    );
  }
}

const contactOf = ({
  name,
  post,
  email,
  telephone,
}: Partial<Record<'name' | 'post' | 'email' | 'telephone', string>>) =>
  [
    {
      key: 'Whom to turn to',
      value: [name, post].filter(Boolean).join(', ') || 'The agreement names nobody: ask the agency',
    },
    { key: 'Email', value: email },
    { key: 'Telephone', value: telephone },
  ].filter(({ value }) => value);

const rowsOf = ({ given, family, dateOfBirth, postcode, nhsNumber }: AskedPerson) =>
  [
    { key: 'Name', value: [given, family].filter(Boolean).join(' ') },
    { key: 'Date of birth', value: civilDateOf(dateOfBirth) },
    { key: 'Postcode', value: postcode },
    { key: 'NHS number', value: nhsNumberOf(nhsNumber) },
  ].filter(({ value }) => value);
