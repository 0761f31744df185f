import { Get } from '@nestjs/common';
import { Access } from '../apis/access';
import { Approvals } from '../apis/approvals';
import { Directory } from '../apis/directory';
import { HandOver } from '../apis/hand-over';
import { Notes } from '../apis/notes';
import { Referrals } from '../apis/referrals';
import { Retention } from '../apis/retention';
import { Transfers } from '../apis/transfers';
import { Page, show, type View } from '../design/page';
import { Visiting, type Visit } from '../session/visit';

const SHOWN = 10;

/** Who is not signed in is asked to; who is sees their work. */
@Page({ at: '', folder: 'home', may: 'anyone', states: ['signed-out', 'my-work', 'nothing-yet', 'auditor', 'board'] })
export class HomePage {
  constructor(
    private readonly referrals: Referrals,
    private readonly directory: Directory,
    private readonly notes: Notes,
    private readonly access: Access,
    private readonly retention: Retention,
    private readonly handOver: HandOver,
    private readonly transfers: Transfers,
    private readonly approvals: Approvals,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    if (!visit.me) return show({}, 200, 'signed-out.njk');
    const offered = {
      refer: visit.may('referral.draft'),
      triage: visit.may('referral.rate'),
      cases: visit.may('case.list'),
      trail: visit.may('trail.read'),
      glass: visit.may('glass.list'),
      administration: visit.may('membership.list'),
      figures: visit.may('insight.read'),
      due: visit.may('deadline.oversee'),
    };
    const [opened, due] = await Promise.all([
      offered.glass ? this.access.glassUses(visit, { state: 'to-review', limit: 1 }).then((l) => l.count) : null,
      visit.may('retention.keep') ? this.retention.list(visit, { view: 'due', limit: 1 }).then((l) => l.count) : null,
    ]);
    if (!visit.may('referral.list')) return show({ offered, opened, due });
    const [counts, mine, drafts, pathways, names, waiting, mentions, assignments] = await Promise.all([
      this.referrals.counts(visit),
      this.referrals.list(visit, { assigned: 'me', sort: 'due', limit: SHOWN }),
      this.referrals.drafts(visit, { limit: SHOWN }),
      this.referrals.pathwayTitles(visit),
      this.directory.names(visit),
      offered.cases ? this.handedOver(visit) : null,
      offered.cases ? this.notes.mentions(visit) : [],
      offered.cases ? this.transfers.assignments(visit).then((list) => list.items) : [],
    ]);
    const known = await this.directory.names(
      visit,
      [...mentions, ...assignments].map((m) => m.by),
    );
    return show({
      offered,
      opened,
      waiting,
      counts,
      assignments: assignments.map((a) => ({ ...a, byName: known.person(a.by) })),
      mentions: mentions.map((m) => ({ ...m, byLine: `${known.person(m.by)}, ${known.organisation(m.orgId)}` })),
      mine: {
        ...mine,
        items: mine.items.map((r) => ({ ...r, pathwayTitle: pathways(r.pathway), area: names.area(r.areaId) })),
      },
      drafts: {
        ...drafts,
        items: drafts.items.map((d) => ({ ...d, pathwayTitle: d.pathway ? pathways(d.pathway) : null })),
      },
    });
  }

  /** What other agencies wait for from the visitor, and what they have answered. */
  private async handedOver(visit: Visit) {
    const one = { box: 'received', limit: 1 } as const;
    const [{ counts: referrals }, { counts: transfers }, approvals] = await Promise.all([
      this.handOver.referrals(visit, one),
      this.transfers.list(visit, one),
      this.approvals.waiting(visit),
    ]);
    return { referrals, transfers, approvals: approvals.toAnswer.length, answered: approvals.news.length };
  }
}
