import { isId } from '@concordat/contracts';
import { Conflict, Id, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { CaseLinksApi } from '../../apis/case-links';
import { Chronology, type MergedChronology } from '../../apis/chronology';
import { Directory } from '../../apis/directory';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { readAsked } from '../chronology-query';
import { Cases, headingOf, subNavigationOf } from '../opened';
import { eventsOf } from './events';

/** Several agencies' and linked cases' chronologies as one, with what they contradict each other in. */
@Page({
  at: 'cases/:id/chronology/merged',
  folder: 'cases/merged-chronology',
  may: 'chronology.view',
  states: ['alone', 'filled', 'conflict', 'empty', 'error'],
})
export class MergedChronologyPage {
  constructor(
    private readonly cases: Cases,
    private readonly chronology: Chronology,
    private readonly links: CaseLinksApi,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query() given: Record<string, unknown>): Promise<View> {
    const others = idsIn(given['with']);
    const { typed, query, problems } = readAsked(given);
    const opened = await this.cases.open(visit, id);
    const { items } = await this.links.links(visit, id);
    const asked = { ...(query.from ? { from: query.from } : {}), ...(query.to ? { to: query.to } : {}) };
    const wrong: FieldProblem[] = [...problems];
    let merged: MergedChronology | null = null;
    try {
      merged = await this.chronology.merged(visit, id, {
        ...asked,
        ...(others.length ? { with: others.join(',') } : {}),
      });
    } catch (error) {
      if (error instanceof RuleBroken) wrong.push(TOO_LONG);
      else if (error instanceof Invalid) wrong.push(...(error.details.errors ?? []));
      else throw error;
    }
    const entries = merged?.events.flatMap((e) => e.entries) ?? [];
    const names = await this.directory.names(
      visit,
      entries.map((e) => e.by),
    );
    return show(
      {
        record: opened.record,
        heading: headingOf(opened),
        navigationOfCase: subNavigationOf(id, 'chronology'),
        form: formOf({ values: { ...typed, with: others }, problems: wrong }),
        offered: items
          .filter((l) => l.endedAt === null)
          .map((l) => ({ value: l.other.id, text: `Case ${l.other.reference}` })),
        events: merged ? eventsOf(merged, names) : [],
        cases: merged?.cases ?? [],
        may: merged?.may ?? { join: false },
        again: addressOf(id, others, asked),
      },
      wrong.length > 0 ? 422 : 200,
    );
  }

  @Post('join')
  async join(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<Redirect> {
    const [entryCase = '', entry = '', otherCase = '', otherEntry = ''] = (sent.text('pair') ?? '').split(' ');
    if ([entryCase, entry, otherCase, otherEntry].every(isId))
      await this.chronology.join(visit, entryCase, entry, { otherCase, otherEntry }, { key: sent.key });
    return redirect(addressOf(id, idsIn(sent.list('with')), {}));
  }

  @Post('part')
  async part(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<Redirect> {
    const [entryCase = '', entry = ''] = (sent.text('entry') ?? '').split(' ');
    if (isId(entryCase) && isId(entry))
      await this.chronology.part(visit, entryCase, entry, { key: sent.key }).catch((error: unknown) => {
        if (!(error instanceof Conflict)) throw error; // it stands alone already, which is what was wanted
      });
    return redirect(addressOf(id, idsIn(sent.list('with')), {}));
  }
}

const TOO_LONG = {
  field: 'from',
  code: 'chronology.too-long',
  message: 'Choose fewer days: that is too much for one page',
};

const idsIn = (given: unknown): string[] =>
  [given].flat().flatMap((v) => (typeof v === 'string' ? v.split(',').filter(isId) : []));

function addressOf(id: string, others: readonly string[], query: Readonly<Record<string, string>>): string {
  const parts = new URLSearchParams({ ...query, ...(others.length ? { with: others.join(',') } : {}) }).toString();
  return `/cases/${id}/chronology/merged${parts ? `?${parts}` : ''}`;
}
