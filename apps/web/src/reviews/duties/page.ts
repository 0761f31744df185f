import { Get, Query } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { Duties } from '../../apis/duties';
import { civilDateOf } from '../../design/filters';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { FORCES } from '../words';

const STANDING: Readonly<Record<string, { text: string; colour: string }>> = {
  running: { text: 'In time', colour: 'green' },
  overdue: { text: 'Overdue', colour: 'red' },
  unanchored: { text: 'Never recorded', colour: 'yellow' },
};
const DONE: Readonly<Record<string, string>> = {
  records: 'It is recorded. The next time is counted from then',
  copies: 'The copy is recorded',
};

/** What a community safety partnership has to do again and again: how each duty stands, and each time that it was done. */
@Page({
  at: 'reviews/duties',
  folder: 'reviews/duties',
  may: 'partnership-duty.list',
  states: ['empty', 'filled'],
})
export class DutiesPage {
  constructor(
    private readonly duties: Duties,
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('done') done?: string): Promise<View> {
    const { items, rule, may } = await this.duties.list(visit);
    const names = await this.directory.names(visit, [
      ...new Set(items.flatMap(({ records }) => records.map(({ by }) => by))),
    ]);
    return show({
      ...{ rule, may, officers: await this.officers(visit), sets: visit.may('drop.list') },
      items: items.map((d) => ({
        ...{ code: d.code, title: d.title, what: d.what, source: d.source, missing: d.missing, force: FORCES[d.force] },
        ...{ standing: STANDING[d.clock.status], copies: d.copies.length > 0 },
        due: d.clock.due
          ? `Due again by ${civilDateOf(d.clock.due.latest)}`
          : 'Nobody has recorded when it was last done',
        records: d.records.toReversed().map((r) => ({
          ...{ ...r, who: names.person(r.by) },
          parts: r.parts.map((p) => ({ ...p, title: d.parts.find(({ code }) => code === p.code)?.title ?? p.code })),
          sent: d.sent
            .filter((c) => c.of === r.number)
            .map((c) => ({ ...c, to: d.copies.find(({ code }) => code === c.code)?.to ?? c.code })),
        })),
      })),
      back: { text: 'Back to reviews', href: '/reviews' },
      ...(done && Object.hasOwn(DONE, done) ? { flash: { text: DONE[done] } } : {}),
    });
  }

  /** Of those that are party to agreements in force, who names no designated liaison officer. Null for who may not see that. */
  private async officers(visit: Visit) {
    if (!visit.may('agreement.view')) return null;
    const { items } = await this.agreements.liaison(visit);
    const names = await this.directory.names(visit, []);
    const without = items.filter(({ gaps }) => gaps.some(({ role }) => role === 'dlo'));
    return { all: items.length, without: without.map(({ orgId }) => names.organisation(orgId)) };
  }
}
