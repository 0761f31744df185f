import { actionInWords } from '@concordat/contracts';
import { Get, Query } from '@nestjs/common';
import { Audit, type Disclosed, type DisclosureEnd } from '../../apis/audit';
import { Directory, type Names } from '../../apis/directory';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { linkTo } from '../acts';
import { readAsked, trailHref } from '../asked';

const PATH = '/audit/disclosures';
const STATES: Readonly<Record<Disclosed['state'], { readonly text: string; readonly tag: string }>> = {
  MATCHED: { text: 'Both ends say the same', tag: 'green' },
  AWAITED: { text: 'Not received yet', tag: 'grey' },
  UNACKNOWLEDGED: { text: 'Not received in time', tag: 'orange' },
  UNSOLICITED: { text: 'Received, and not sent', tag: 'red' },
  MISMATCHED: { text: 'The ends differ', tag: 'red' },
};
const DIFFERS = { isa: 'agreement', flowId: 'flow', payload: 'what went' } as const;

/** What went from one agency to another, and what either end has on record of it. For auditors. */
@Page({
  at: 'audit/disclosures',
  folder: 'audit/disclosures',
  may: 'trail.read',
  states: ['filled', 'unmatched', 'empty', 'error'],
})
export class DisclosuresPage {
  constructor(
    private readonly audit: Audit,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const { typed, query, problems, bounded } = readAsked(given);
    const unmatched = given['unmatched'] === 'true';
    const kept = { ...typed, ...(unmatched ? { unmatched: 'true' } : {}) };
    const organisations = await this.directory.organisations(visit);
    const shown = {
      form: formOf({ values: kept, problems }),
      agencies: organisations.map((o) => ({ value: o.id, text: o.name })),
      which: [{ value: 'true', text: 'Only where the two ends do not say the same' }],
    };
    if (problems.length > 0) return show(shown, 422);
    const { person, case: of, agency, agreement, from, to, cursor } = query;
    const asked = { person, case: of, agency, agreement, from, to, cursor };
    const found = await this.audit.disclosures(visit, {
      ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
      ...(bounded && query.all === undefined ? {} : { all: 'true' as const }),
      ...(unmatched ? { unmatched: 'true' as const } : {}),
    });
    const names = await this.directory.names(
      visit,
      found.items.flatMap(({ sent, received }) => [sent?.actor ?? null, received?.actor ?? null]),
    );
    const page = (at: string | null): string | null => at && trailHref(kept, { cursor: at }, PATH);
    const items = found.items.map((item) => lineOf(item, names));
    return show({ ...shown, items, unmatched, previous: page(found.previous), next: page(found.next) });
  }
}

const lineOf = ({ state, differs, from, recipient, isa, flowId, sent, received }: Disclosed, names: Names) => ({
  at: (sent ?? received)?.at,
  from: from ? linkTo({ t: 'organisation', id: from }, names) : null,
  to: linkTo({ t: 'organisation', id: recipient }, names),
  isa,
  flowId,
  state: STATES[state],
  differs: differs.map((part) => DIFFERS[part]),
  sent: endOf(sent, names),
  received: endOf(received, names),
});

const endOf = (end: DisclosureEnd | null, names: Names) =>
  end && {
    ...end,
    title: actionInWords(end.action),
    who: linkTo({ t: 'staff', id: end.actor }, names),
    href: `/audit/entries/${end.eventId}`,
    proof: `/audit/entries/${end.eventId}/proof`,
  };
