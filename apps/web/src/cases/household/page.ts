import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { CaseLinksApi } from '../../apis/case-links';
import { Page, show, type View } from '../../design/page';
import { civilDateOf } from '../../design/filters';
import { nameOf } from '../../design/referral-sections';
import { titleOf } from '../../design/words';
import { Visiting, type Visit } from '../../session/visit';
import { Cases, headingOf, subNavigationOf } from '../opened';
import { genogram } from './genogram';
import { householdsOf } from './households';

/** Who is related to whom and who lives together: a drawing, and the same in tables. Never where. */
@Page({ at: 'cases/:id/household', folder: 'cases/household', may: 'case.view', states: ['filled'] })
export class HouseholdPage {
  constructor(
    private readonly cases: Cases,
    private readonly links: CaseLinksApi,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const { people } = opened.record;
    const ties = await this.links.relationships(visit, id);
    const named = (personId: string): string => nameOf(people.find((p) => p.id === personId));
    const drawing = genogram(
      people.map((p) => ({
        ...{ id: p.id, name: nameOf(p), sex: p.sex, died: hasDied(p) },
        subject: p.roles?.includes('subject') ?? false,
      })),
      ties.map((t) => ({ from: t.from, to: t.to, kind: t.kind, ended: t.until !== null })),
    );
    return show({
      record: opened.record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'household'),
      drawing: { ...drawing, lines: drawing.lines.map((l) => ({ ...l, label: titleOf(l.label) })) },
      people: people.map((p) => ({
        ...{ id: p.id, name: nameOf(p), sex: titleOf(p.sex) || 'Not known' },
        roles: (p.roles ?? []).map(titleOf).join(', '),
        died: hasDied(p),
      })),
      ties: ties.map((t) => ({
        words: `${named(t.from)} is ${t.until ? 'no longer ' : ''}the ${titleOf(t.kind).toLowerCase()} of ${named(t.to)}`,
        time: [t.since && `from ${civilDateOf(t.since)}`, t.until && `until ${civilDateOf(t.until)}`]
          .filter(Boolean)
          .join(' '),
        by: opened.names.organisation(t.orgId),
      })),
      households: householdsOf(people, new Date().toISOString().slice(0, 10)).map((h) =>
        h.people.map(named).join(', '),
      ),
    });
  }
}

const hasDied = (person: object): boolean => (person as { deceased?: { answer?: string } }).deceased?.answer === 'yes';
