import { deceasedAnswers, identifierKinds } from '@concordat/contracts';
import { Conflict, Forbidden, Id, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { People, type PersonView } from '../../apis/people';
import { conflictView } from '../../design/conflict';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { identifierTitle } from '../../design/referral-sections';
import { Sent, type Submitted } from '../../design/submitted';
import { choicesOf, vocabularyChoices } from '../../design/words';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf } from '../heading';
import { GROUPS, type GroupCode } from '../../design/person-parts';
import { fieldOf, read, rowsOf, valuesOf } from './form';

/** Corrects or adds to what is known of a person, a group of parts at a time. */
@Page({
  at: 'people/:id/edit/:group',
  folder: 'people/edit',
  may: 'person.correct',
  states: ['names', 'birth', 'addresses', 'numbers', 'about', 'error', 'conflict'],
})
export class EditPersonPage {
  constructor(
    private readonly people: People,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('group') code: string): Promise<View> {
    const group = groupOf(code);
    const person = await this.people.person(visit, id);
    if (!person.may.correct)
      throw new Forbidden('page.forbidden', 'Your agency does not work on a case of this person');
    return this.page(person, group, formOf({ version: person.version, values: valuesOf(group, person) }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('group') code: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const group = groupOf(code);
    const change = read(group, sent);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        const { parts } = await this.people.correct(visit, id, change, { key: sent.key, version: sent.version });
        return redirect(`/people/${id}?done=${parts.length > 0 ? 'corrected' : 'unchanged'}`);
      } catch (error) {
        if (error instanceof Conflict) return this.conflict(visit, id, group, sent, change);
        if (!(error instanceof Invalid)) throw error;
        problems = error.details.errors ?? [];
      }
    }
    const person = await this.people.person(visit, id);
    return this.page(person, group, formAgain(sent, problems, { fieldOf }), 422);
  }

  private async conflict(visit: Visit, id: string, group: GroupCode, sent: Submitted, mine: object): Promise<View> {
    const [person, [last]] = [await this.people.person(visit, id), await this.people.history(visit, id)];
    const names = await this.directory.names(visit, [last?.by]);
    const theirs = Object.fromEntries(GROUPS[group].parts.map((part) => [part, bare(person[part])]));
    return conflictView({
      ...{ sent, mine, theirs, version: person.version, at: last?.at ?? null },
      by: last ? names.person(last.by) : 'Someone',
      action: `/people/${id}/edit/${group}`,
      discard: `/people/${id}`,
    });
  }

  private page(person: PersonView, group: GroupCode, form: Form, status = 200): View {
    const rows = ['aliases', 'datesOfBirth', 'addresses', 'identifiers'].map(
      (list) => [list, rowsOf(form.values, list)] as const,
    );
    return show(
      {
        person,
        form,
        group,
        groupTitle: GROUPS[group].title,
        heading: headingOf(person),
        rows: Object.fromEntries(rows),
        words: vocabularyChoices,
        deceased: choicesOf(deceasedAnswers),
        identifierKinds: identifierKinds.map((value) => ({ value, text: identifierTitle(value) })),
      },
      status,
    );
  }
}

function groupOf(code: string): GroupCode {
  if (!Object.hasOwn(GROUPS, code)) throw new NotFound('page');
  return code as GroupCode;
}

/** A part without its sources, which nobody typed. */
const bare = (value: unknown): unknown =>
  value === undefined
    ? undefined
    : (JSON.parse(JSON.stringify(value, (key, v: unknown) => (key === 'source' ? undefined : v))) as unknown);
