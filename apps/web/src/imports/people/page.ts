import { Id, IllegalTransition, Invalid, NotFound } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Imports, type ImportMatch } from '../../apis/imports';
import { candidateShown } from '../../design/candidates';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { partText } from '../../design/person-parts';
import { nameOf } from '../../design/referral-sections';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

const OTHER = 'other';
const fieldOf = (row: number): string => `row-${row}`;

/** Whether people in a file are people on record. Nobody is matched but by a person. */
@Page({ at: 'imports/:id/people', folder: 'imports/people', may: 'import.decide', states: ['filled', 'error', 'none'] })
export class ImportPeoplePage {
  constructor(private readonly imports: Imports) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('page') asked?: string): Promise<View> {
    return this.page(visit, id, pageOf(asked));
  }

  @Post()
  async decide(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Sent() sent: Submitted,
    @Query('page') asked?: string,
  ): Promise<View | Redirect> {
    const { items, page, pages } = await this.imports.matches(visit, id, pageOf(asked));
    const answered = items.flatMap(({ number }) => {
      const said = sent.text(fieldOf(number));
      return said === undefined ? [] : [{ number, said }];
    });
    const [first] = items;
    if (answered.length === 0 && first)
      sent.wrong(fieldOf(first.number), 'required', 'Select who at least one of them is');
    if (sent.errors.length > 0) return this.page(visit, id, page, formAgain(sent, sent.errors), 422);
    try {
      for (const { number, said } of answered)
        await this.imports.decide(visit, id, number, said === OTHER ? null : said, `${sent.key}-${number}`);
    } catch (error) {
      if (error instanceof Invalid) return this.page(visit, id, page, formAgain(sent, goneFor(answered, error)), 422);
      if (!(error instanceof NotFound || error instanceof IllegalTransition)) throw error;
    }
    return redirect(page < pages ? `/imports/${id}/people?page=${page + 1}` : `/imports/${id}`);
  }

  private async page(visit: Visit, id: string, wanted: number, form?: Form, status = 200): Promise<View> {
    const { items, page, pages } = await this.imports.matches(visit, id, wanted);
    const at = (n: number): string => `/imports/${id}/people?page=${n}`;
    return show(
      {
        ...{ id, page, pages },
        form: form ?? formOf({ values: Object.fromEntries(items.flatMap(decided)) }),
        items: items.map(shown),
        previous: page > 1 ? at(page - 1) : null,
        next: page < pages ? at(page + 1) : null,
      },
      status,
    );
  }
}

const pageOf = (asked: string | undefined): number => (/^[1-9]\d{0,3}$/.test(asked ?? '') ? Number(asked) : 1);

/** Whoever was selected has been merged or closed meanwhile. */
const goneFor = (answered: readonly { number: number }[], error: Invalid) =>
  (error.details.errors ?? []).map((p) => ({ ...p, field: fieldOf(answered[0]!.number) }));

const decided = ({ number, decided: isDecided, sameAs }: ImportMatch): [string, string][] =>
  isDecided ? [[fieldOf(number), sameAs ?? OTHER]] : [];

function shown({ number, person, candidates }: ImportMatch) {
  const offered = candidates.map(candidateShown);
  return {
    number,
    field: fieldOf(number),
    name: nameOf(person.name ? { name: person.name } : undefined),
    born: partText('datesOfBirth', person.datesOfBirth),
    addresses: partText('addresses', person.addresses),
    candidates: offered,
    choices: [
      ...offered.map((c) => ({ value: c.id, text: `The same as ${c.title}, in ${c.cases[0]?.reference ?? ''}` })),
      { value: OTHER, text: 'Somebody else' },
    ],
  };
}
