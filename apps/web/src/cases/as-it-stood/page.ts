import { Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { CaseFacts } from '../../apis/case-facts';
import { Directory } from '../../apis/directory';
import { Records, type CaseThen } from '../../apis/records';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { contentsOf } from '../contents';
import { Cases, headingOf, LEVELS, subNavigationOf, type OpenedCase } from '../opened';

/** A case as it stood on a day: who was in it, what was known of them, who took part and what held. */
@Page({
  at: 'cases/:id/as-it-stood',
  folder: 'cases/as-it-stood',
  may: 'case.view',
  states: ['start', 'filled', 'error'],
})
export class AsItStoodPage {
  constructor(
    private readonly cases: Cases,
    private readonly records: Records,
    private readonly facts: CaseFacts,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query() given: Record<string, unknown>): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const frame = {
      record: opened.record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'timeline'),
    };
    const asked = new Submitted(given);
    const on = asked.date('on', { what: 'The day' });
    const { values } = asked;
    const refused = (problems: readonly FieldProblem[]): View =>
      show({ ...frame, form: formOf({ values, problems: [...problems] }) }, 422);
    if (asked.errors.length > 0) return refused(asked.errors);
    if (on === undefined)
      return 'on-day' in given
        ? refused([{ field: 'on-day', code: 'required', message: 'Enter the day' }])
        : show({ ...frame, form: formOf() });
    try {
      const then = await this.records.asItStood(visit, id, on);
      return show({ ...frame, form: formOf({ values }), then: await this.shown(visit, opened, then) });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return refused((error.details.errors ?? []).map((e) => ({ ...e, field: 'on-day' })));
    }
  }

  private async shown(visit: Visit, opened: OpenedCase, then: CaseThen) {
    const [names, { kinds }] = await Promise.all([
      this.directory.names(visit, [then.owner]),
      this.facts.view(visit, then.id),
    ]);
    const sections = contentsOf({ record: { ...then, ground: 'glass' }, pathway: opened.pathway });
    const held = (kind: 'order' | 'step') => then.facts.filter((f) => f.kind === kind);
    return {
      on: then.on,
      at: then.at,
      sections,
      owner: then.owner ? names.person(then.owner) : null,
      agencies: then.participants.map((p) => ({
        name: names.organisation(p.orgId),
        level: LEVELS[p.level],
        from: p.from,
      })),
      orders: held('order').map((f) => ({
        text: kinds.find((k) => k.code === f.content['order'])?.title ?? f.content['order'],
        agency: names.organisation(f.orgId),
      })),
      steps: held('step').map((f) => ({ text: f.content['text'], agency: names.organisation(f.orgId) })),
      counts: then.counts,
    };
  }
}
