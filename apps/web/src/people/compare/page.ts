import { listedParts, personParts, type MergeChoice, type PersonPart } from '@concordat/contracts';
import { Conflict, Id, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { People, type PersonView } from '../../apis/people';
import { BANDS } from '../../design/candidates';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { nameOf } from '../../design/referral-sections';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf } from '../heading';
import { sideBySide, toChoose } from '../../design/person-parts';

/** Two records side by side: why they may be of one person, what to keep of each, or that they are different people. */
@Page({
  at: 'people/:id/duplicates/:otherId',
  folder: 'people/compare',
  may: 'person.match',
  states: ['filled', 'read-only', 'error', 'conflict'],
})
export class ComparePage {
  constructor(
    private readonly people: People,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('otherId') otherId: string): Promise<View> {
    return this.page(visit, id, otherId, (person, other) => formOf({ version: person.version, values: seen(other) }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('otherId') otherId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const act = { key: sent.key, version: sent.version };
    const other = { otherId, otherVersion: Number(sent.text('otherVersion') ?? 0) || 1 };
    const reason = sent.text('reason');
    let problems: readonly FieldProblem[];
    let changed = false;
    try {
      if (sent.text('_do') === 'different') {
        await this.people.distinguish(visit, id, { ...other, reason: reason ?? '' }, act);
        return redirect(`/people/${id}/duplicates?done=different`);
      }
      await this.people.merge(visit, id, { ...other, choices: choicesIn(sent), ...(reason ? { reason } : {}) }, act);
      return redirect(`/people/${id}?done=merged`);
    } catch (error) {
      if (error instanceof Conflict) [problems, changed] = [[], true];
      else if (error instanceof Invalid) problems = (error.details.errors ?? []).map(inWords);
      else if (error instanceof RuleBroken)
        problems = [
          { field: 'reason', code: error.code, message: 'They have different NHS numbers, so they are two people' },
        ];
      else throw error;
    }
    return this.page(
      visit,
      id,
      otherId,
      (person, now) => {
        const again = formAgain(sent, problems, { version: changed ? person.version : sent.version });
        return changed ? { ...again, values: { ...again.values, ...seen(now) } } : again;
      },
      changed ? 409 : 422,
    );
  }

  private async page(
    visit: Visit,
    id: string,
    otherId: string,
    form: (person: PersonView, other: PersonView) => Form,
    status = 200,
  ): Promise<View> {
    const [person, other] = [await this.people.person(visit, id), await this.people.person(visit, otherId)];
    if (person.id === other.id) throw new NotFound('person');
    const candidate = (await this.people.candidates(visit, person.id)).find((c) => c.id === other.id);
    const lists: readonly string[] = listedParts;
    return show(
      {
        person,
        other,
        form: form(person, other),
        heading: headingOf(person),
        otherName: nameOf(other),
        otherCases: other.cases.map((c) => c.reference).join(', '),
        band: candidate ? BANDS[candidate.band] : null,
        reasons: candidate?.reasons ?? [],
        sides: sideBySide(person, other),
        choices: toChoose(person, other).map(({ part, title, one, other: theirs }) => ({
          name: `choices.${part}`,
          title,
          items: [
            { value: 'this', text: 'Keep what this record has', hint: one },
            { value: 'other', text: 'Keep what the other record has', hint: theirs },
            ...(lists.includes(part) ? [{ value: 'both', text: 'Keep both' }] : []),
          ],
        })),
        mayMerge: person.may.merge && other.may.merge,
        mayDistinguish: person.may.distinguish && other.may.distinguish,
        changed: status === 409,
        names: await this.directory.names(visit),
      },
      status,
    );
  }
}

const seen = (other: PersonView): Record<string, string> => ({ otherVersion: String(other.version) });

function choicesIn(sent: Submitted): Partial<Record<PersonPart, MergeChoice>> {
  const chosen = personParts.flatMap((part) => {
    const choice = sent.text(`choices.${part}`);
    return choice ? [[part, choice] as const] : [];
  });
  return Object.fromEntries(chosen);
}

const inWords = (problem: FieldProblem): FieldProblem =>
  problem.field === 'reason' ? { ...problem, message: 'Enter why they are different people' } : problem;
