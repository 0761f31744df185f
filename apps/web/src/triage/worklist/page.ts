import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Identity } from '../../apis/identity';
import { Referrals, type Counts } from '../../apis/referrals';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { Lines } from '../lines';
import { chosenFor, fieldsFor } from './choices';
import { columnOf, hrefOf, listingOf, readWorklist, VIEWS, type WorkAsked } from './query';

/** The work of a triaging agency: what it received, by what is to be done about it. */
@Page({ at: 'triage', folder: 'triage/worklist', may: 'referral.list', states: ['filled', 'filtered', 'empty'] })
export class WorklistPage {
  constructor(
    private readonly referrals: Referrals,
    private readonly identity: Identity,
    private readonly directory: Directory,
    private readonly lines: Lines,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() query: Record<string, unknown>): Promise<View> {
    const asked = readWorklist(query);
    const since = Date.now();
    const [list, counts, practice, reasons, areas, staff] = await Promise.all([
      this.referrals.list(visit, listingOf(asked)),
      this.referrals.counts(visit),
      this.referrals.practice(visit),
      this.referrals.reasons(visit),
      this.directory.areas(visit),
      this.identity.staffOf(visit, visit.person.organisation.id),
    ]);
    const fields = fieldsFor(asked, { pathways: practice.pathways, colours: reasons.colours, areas, staff });
    return show({
      asked,
      since,
      form: formOf(),
      views: viewLinks(asked, counts),
      fields,
      chosen: chosenFor(asked, fields),
      clear: `/triage?view=${asked.view.code}`,
      columns: {
        reference: columnOf(asked, 'reference', 'Reference'),
        received: columnOf(asked, 'received', 'Received'),
        colour: columnOf(asked, 'colour', 'Colour'),
        due: columnOf(asked, 'due', 'Due'),
      },
      items: await this.lines.of(visit, list.items),
      count: list.count,
      previous: list.previous && hrefOf(asked, { cursor: list.previous }),
      next: list.next && hrefOf(asked, { cursor: list.next }),
    });
  }
}

/** The views with how much is in each, as far as it is counted. */
function viewLinks(asked: WorkAsked, counts: Counts & { readonly more?: readonly string[] }) {
  return VIEWS.map(({ code, title, counted }) => ({
    text: counted
      ? `${title} (${counts.more?.includes(counted) ? 'more than ' : ''}${counts[counted].toLocaleString('en-GB')})`
      : title,
    href: `/triage?view=${code}`,
    current: code === asked.view.code,
  }));
}
