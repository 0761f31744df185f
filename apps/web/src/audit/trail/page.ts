import { actionInWords, actions, actKindInWords, actKinds, actOutcomes, type ActKind } from '@concordat/contracts';
import { Get, Query } from '@nestjs/common';
import { Audit } from '../../apis/audit';
import { Directory } from '../../apis/directory';
import { Identity } from '../../apis/identity';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { lineOf, linkTo, OUTCOMES, staffIn } from '../acts';
import { alarmsOf } from '../alarms';
import { HANDLES, readAsked, trailHref, type Asked } from '../asked';

const OBJECT = {
  case: 'case',
  person: 'person',
  user: 'staff',
  agency: 'organisation',
  agreement: 'agreement',
} as const;
const HEADING = {
  case: 'Case or referral',
  person: 'Person',
  user: 'Member of staff',
  agency: 'Agency',
  agreement: 'Agreement',
} as const;

/** Who did what, and who was refused: by case, person, member of staff, agency or agreement. For auditors. */
@Page({
  at: 'audit',
  folder: 'audit/trail',
  may: 'trail.read',
  states: ['start', 'filled', 'filtered', 'empty', 'error'],
})
export class TrailPage {
  constructor(
    private readonly audit: Audit,
    private readonly identity: Identity,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const asked = readAsked(given);
    const { typed, query, problems } = asked;
    const [organisations, staff, status] = await Promise.all([
      this.directory.organisations(visit),
      query.agency ? this.identity.staffOf(visit, query.agency) : [],
      this.audit.status(visit),
    ]);
    const shown = {
      status: { ...status, alarms: alarmsOf(status) },
      form: formOf({ values: typed, problems }),
      agencies: organisations.map((o) => ({ value: o.id, text: o.name })),
      staff: staff.map((s) => ({ value: s.id, text: s.name })),
      kinds: actKinds.map((k) => ({ value: k, text: actKindInWords(k) })),
      actions: actions
        .map((a) => ({ value: a, text: actionInWords(a) }))
        .sort((a, b) => a.text.localeCompare(b.text, 'en-GB')),
      outcomes: actOutcomes.map((o) => ({ value: o, text: OUTCOMES[o]?.text ?? o })),
      exportHref: trailHref(typed, { all: '' }, '/audit/export'),
      csvHref: trailHref(typed, {}, '/audit/trail.csv'),
      chosen: [],
    };
    if (problems.length > 0) return show(shown, 422);
    if (!asked.bounded) return show(shown);
    return show({ ...shown, ...(await this.trail(visit, asked)) });
  }

  private async trail(visit: Visit, { query, typed }: Asked) {
    const trail = await this.audit.trail(visit, query);
    const names = await this.directory.names(visit, [...staffIn(trail.items), query.user]);
    const page = (cursor: string | null): string | null => cursor && trailHref(typed, { cursor });
    return {
      trail: { ...trail, items: trail.items.map((item) => lineOf(item, names)) },
      chosen: [
        ...HANDLES.flatMap((h) => {
          const id = query[h];
          return id
            ? [
                {
                  text: `${HEADING[h]}: ${linkTo({ t: OBJECT[h], id }, names).text}`,
                  href: trailHref(typed, { [h]: '' }),
                },
              ]
            : [];
        }),
        ...(query.kind
          ? [{ text: `Kind: ${actKindInWords(query.kind as ActKind)}`, href: trailHref(typed, { kind: '' }) }]
          : []),
        ...(query.action
          ? [{ text: `What: ${actionInWords(query.action)}`, href: trailHref(typed, { action: '' }) }]
          : []),
        ...(query.outcome
          ? [{ text: `Outcome: ${OUTCOMES[query.outcome]?.text}`, href: trailHref(typed, { outcome: '' }) }]
          : []),
        ...(query.from ? [{ text: `From ${typed['from']}`, href: trailHref(typed, { from: '' }) }] : []),
        ...(query.to ? [{ text: `To ${typed['to']}`, href: trailHref(typed, { to: '' }) }] : []),
      ],
      previous: page(trail.previous),
      next: page(trail.next),
    };
  }
}
