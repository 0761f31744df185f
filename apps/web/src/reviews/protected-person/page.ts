import { Conflict, Id, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Releases, type ReleaseView } from '../../apis/release';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { compact, Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { date, labelled, long, text, type Field } from '../fields';
import { IDENTIFIERS, NOT_RELEASED } from '../release-words';

const DATES = ['birth-date', 'death-date'] as const;
const FIELDS: readonly Field[] = [
  text('pseudonym', 'Pseudonym', 'As the report calls them. Chosen with or for the family'),
  text('chosenBy', 'Who chose it?'),
  long('why', 'Why this one?'),
  ...IDENTIFIERS.map(({ kind, label }) => long(kind, label, 'One on each line')),
  date('birth-date', 'Date of birth'),
  date('death-date', 'Date of death'),
];

/** Enters somebody who must not be recognised, or changes what identifies them. */
@Page({
  at: 'reviews/:id/release/person',
  folder: 'reviews/protected-person',
  may: 'review.map-person',
  states: ['empty', 'filled', 'error'],
})
export class ProtectedPersonPage {
  constructor(private readonly releases: Releases) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('person') person?: string): Promise<View> {
    const view = await this.open(visit, id);
    return this.page(view, formOf({ version: view.version, values: valuesOf(view, person) }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Sent() sent: Submitted,
    @Query('person') person?: string,
  ): Promise<View | Redirect> {
    const view = await this.open(visit, id);
    const identifiers = [
      ...IDENTIFIERS.flatMap(({ kind }) => (sent.lines(kind) ?? []).map((value) => ({ kind, value }))),
      ...DATES.flatMap((kind) => {
        const value = sent.date(kind);
        return value ? [{ kind, value }] : [];
      }),
    ];
    const words = { pseudonym: sent.text('pseudonym'), chosenBy: sent.text('chosenBy'), why: sent.text('why') };
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.releases.record(visit, id, 'people', compact({ ...words, id: person, identifiers }), sent);
        return redirect(`/reviews/${id}/release?done=person`);
      } catch (error) {
        if (error instanceof Invalid) problems = error.details.errors ?? [];
        else if (error instanceof RuleBroken || error instanceof Conflict)
          problems = [{ field: 'form', code: error.code, message: NOT_RELEASED[error.code] ?? 'This cannot be kept' }];
        else throw error;
      }
    }
    const kinds = identifiers.map(({ kind }) => kind);
    const fieldOf = (path: string): string => kinds[Number(/^identifiers\.(\d+)\./.exec(path)?.[1] ?? -1)] ?? path;
    const at = problems.map((problem) => ({ ...problem, field: fieldOf(problem.field) }));
    return this.page(view, formAgain(sent, labelled(at, FIELDS, sent.values), { version: view.version }), 422);
  }

  private async open(visit: Visit, id: string): Promise<ReleaseView> {
    const view = await this.releases.view(visit, id);
    if (!view.may.map) throw new NotFound('page');
    return view;
  }

  private page(view: ReleaseView, form: Form, status = 200): View {
    const back = { text: 'Back to what leaves the review', href: `/reviews/${view.id}/release` };
    return show({ review: view, fields: FIELDS, form, back }, status);
  }
}

function valuesOf({ people }: ReleaseView, id: string | undefined): Record<string, string> {
  const person = people.find((p) => p.id === id);
  if (!person) return {};
  const of = (kind: string): string[] => person.identifiers.filter((i) => i.kind === kind).map(({ value }) => value);
  const dates = DATES.flatMap((kind) => {
    const [year, month, day] =
      of(kind)[0]
        ?.split('-')
        .map((n) => String(Number(n))) ?? [];
    return Object.entries({ day, month, year }).map(([part, value]) => [`${kind}-${part}`, value ?? '']);
  });
  return {
    ...{ pseudonym: person.pseudonym, chosenBy: person.chosenBy, why: person.why },
    ...Object.fromEntries(IDENTIFIERS.map(({ kind }) => [kind, of(kind).join('\n')])),
    ...(Object.fromEntries(dates) as Record<string, string>),
  };
}
