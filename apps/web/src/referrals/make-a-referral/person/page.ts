import { Id, NotFound } from '@concordat/platform';
import { Get, Param, Post, Query } from '@nestjs/common';
import { fieldsOf, formAgain, formOf, type Form } from '../../../design/form';
import { conflictView } from '../../../design/conflict';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { nameOf } from '../../../design/referral-sections';
import { Sent, type Submitted } from '../../../design/submitted';
import { vocabularyChoices } from '../../../design/words';
import { Visiting, type Visit } from '../../../session/visit';
import { addressOf, Drafting, type Asked, type Group, type OpenDraft } from '../drafting';
import { fieldOfPerson, newRef, readPerson } from './form';

const PEOPLE: Group = { code: 'people', parts: ['people'], read: (_, { content }) => content };

@Page({
  at: 'referrals/make-a-referral/:id/people/:ref',
  folder: 'referrals/make-a-referral/person',
  may: 'referral.draft',
  states: ['empty', 'error', 'incomplete', 'filled'],
})
export class PersonPage {
  constructor(private readonly drafting: Drafting) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('ref') ref: string,
    @Query() asked: Asked,
  ): Promise<View> {
    const open = await this.drafting.open(visit, id);
    const index = indexOf(open, ref);
    const fieldOf = fieldOfPerson(index);
    const mine = (field: string): boolean => field.startsWith(`people.${index}.`);
    const problems = asked.incomplete === undefined ? [] : open.draft.missing.filter((p) => mine(p.field));
    const values = withLines(fieldsOf(open.content.people?.[index]));
    return this.shown(open, ref, formOf({ values, problems, version: open.draft.version, fieldOf }));
  }

  @Post()
  async save(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('ref') ref: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const open = await this.drafting.open(visit, id);
    const index = indexOf(open, ref);
    const people = [...(open.content.people ?? [])];
    const person = readPerson(sent, ref === 'new' ? newRef(people) : ref);
    if (person.roles === undefined) sent.wrong('roles', 'required', 'Select what part this person has in it');
    people[index] = person;
    const content = { ...open.content, people };
    const problems =
      sent.errors.length > 0 ? sent.errors : await this.drafting.stored(visit, open, content, sent.version, PEOPLE);
    if (problems === 'conflict') return this.conflict(visit, id, ref, sent, person);
    if (problems.length > 0)
      return this.shown(open, ref, formAgain(sent, problems, { fieldOf: fieldOfPerson(index) }), 422);
    if (sent.text('_then') === 'again') return redirect(`${addressOf(id, `people/${person.ref}`)}#more`);
    return redirect(sent.text('_then') === 'later' ? addressOf(id) : addressOf(id, 'people'));
  }

  private async conflict(visit: Visit, id: string, ref: string, sent: Submitted, mine: unknown): Promise<View> {
    const now = await this.drafting.open(visit, id);
    const here = addressOf(id, `people/${ref}`);
    const theirs = now.content.people?.find((p) => p.ref === ref);
    const { version, changedAt } = now.draft;
    return conflictView({
      sent,
      version,
      action: here,
      discard: addressOf(id, 'people'),
      mine,
      theirs,
      by: 'you, in another window',
      at: changedAt,
    });
  }

  private shown(open: OpenDraft, ref: string, form: Form, status = 200): View {
    const { pathway, content, draft } = open;
    const person = content.people?.find((p) => p.ref === ref);
    const listed = pathway.people.map((w) => ({ value: w.role, text: w.title, ...(w.hint ? { hint: w.hint } : {}) }));
    return show(
      {
        form,
        pathway,
        roles: listed,
        heading: person ? `Change ${nameOf(person)}` : 'Add a person',
        words: vocabularyChoices,
        aliasRows: (person?.aliases?.length ?? 0) + 1,
        birthRows: (person?.datesOfBirth?.length ?? 0) + 1,
        addressRows: (person?.addresses?.length ?? 0) + 1,
        back: { href: addressOf(draft.id, 'people') },
      },
      status,
    );
  }
}

/** Where the person is in the list; a new one goes to its end. */
function indexOf({ content }: OpenDraft, ref: string): number {
  const people = content.people ?? [];
  if (ref === 'new') return people.length;
  const index = people.findIndex((p) => p.ref === ref);
  if (index < 0) throw new NotFound('person');
  return index;
}

/** Lists of texts are entered one a line; whether a date is approximate is a box of its own. */
function withLines(fields: Record<string, string | readonly string[]>): Record<string, string | readonly string[]> {
  const out = { ...fields };
  for (const [name, value] of Object.entries(fields)) {
    if (name.endsWith('*') && name !== 'roles*') out[name.slice(0, -1)] = value;
    if (name.endsWith('.precision') && value === 'approximate') out[name.replace('precision', 'approximate')] = 'yes';
  }
  return out;
}
