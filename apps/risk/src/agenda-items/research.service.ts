import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { agendaItemChannel, Invalid, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { ForumKind } from '@concordat/packs';
import { expectVersion, News, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { mustBe } from '../agenda-item-state';
import { ForumKinds } from '../forum-kinds';
import { agenciesIn, allForums, forumById } from '../forums.repository';
import * as kept from '../meetings.repository';
import { researchIsBack } from '../research-calls.repository';
import { ResearchShares } from '../research-shares';
import { keepResearch, keepShare, researchOf, researchOwed } from '../research.repository';
import { ReturnResearchDto } from './agenda-items.dto';

/** What each agency holds about the people of a case. Each item is decided, member by member, before another sees it. */
@Injectable()
export class ResearchService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
    private readonly shares: ResearchShares,
    private readonly news: News,
  ) {}

  /** What the caller's agency is still asked about before a meeting. */
  owed(call: Call) {
    return this.unit.read({ action: 'agenda-item.view', call }, async (tx) => {
      demand(tx.actor, 'agenda-item.view');
      const owed = await researchOwed(tx, tx.actor.orgId ?? '');
      const titles = new Map((await allForums(tx)).map(({ id, title }) => [id, title]));
      tx.about({
        subjects: owed.map(({ subjectId }) => subjectId),
        objects: owed.map(({ id, version }) => ({ t: 'agenda-item' as const, id, ver: String(version) })),
      });
      const today = civilDate(tx.now);
      return {
        items: owed.map((each) => ({ ...each, forum: titles.get(each.forumId) ?? null, late: each.dueOn < today })),
      };
    });
  }

  async give(call: Call, id: string) {
    const act = { action: 'agenda-item.research', call, objects: [{ t: 'agenda-item' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const item = await kept.itemById(tx, id);
      demand(tx.actor, 'agenda-item.research');
      const mine = (await researchOf(tx, id)).find((r) => r.orgId === tx.actor.orgId);
      expectVersion(call, 'research', mine?.version ?? 0);
      const meeting = await kept.meetingById(tx, item.meetingId);
      const forum = await forumById(tx, item.forumId);
      const kind = this.kinds.of(forum.kind, tx.now);
      const { answer, words = '', informs = [] } = valid(ReturnResearchDto, call.body);
      const known = answer === 'known' ? { words: words.trim(), informs } : { words: '', informs: [] };
      const problems = answer === 'known' ? wrong(known, kind) : [];
      if (problems.length > 0) throw new Invalid(problems);
      await kept.mustStandOpen(tx, meeting.id, 'research');
      mustBe(item, 'research');
      const [orgId, version] = [tx.actor.orgId ?? '', (mine?.version ?? 0) + 1];
      // What was returned in time and is put right later was returned in time.
      const late = mine?.late ?? civilDate(tx.now) > meeting.researchBy;
      await keepResearch(tx, id, { orgId, version, answer, ...known, late });
      const others = forum.members.map((m) => m.orgId).filter((org) => org !== orgId);
      const inCase = await agenciesIn(tx, item.caseId);
      const shared =
        answer === 'known'
          ? await this.share(
              tx,
              item,
              kind,
              version,
              informs,
              others.filter((o) => inCase.includes(o)),
            )
          : [];
      await researchIsBack(tx, forum, id);
      kept.aboutItem(tx, item);
      tx.about({ decision: answer, items: informs, ...(late ? { reasons: ['returned-late'] } : {}) });
      return { id, version, late, shared };
    });
    this.news.changed(agendaItemChannel(id), { at: new Date(), what: 'case' });
    return { ...done.value, receipt: done.receipt };
  }

  /** Asks about each member that takes part in the case. To agencies that do not, there is nothing to show. */
  private async share(
    tx: Tx,
    item: kept.AgendaItem,
    kind: ForumKind,
    version: number,
    informs: readonly string[],
    to: readonly string[],
  ) {
    const fromOrg = tx.actor.orgId ?? '';
    const told = [];
    for (const toOrg of to) {
      const decision = await this.shares.decide(tx, {
        ...{ kind: 'DISCLOSE', fromOrg, toOrg },
        ...this.shares.offerOf(tx, item, kind.purpose, informs),
      });
      await keepShare(tx, item.id, { ...decision, fromOrg, version });
      told.push({ toOrg, outcome: decision.outcome });
    }
    return told;
  }
}

function wrong(said: { words: string; informs: readonly string[] }, kind: ForumKind): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (said.words === '')
    problems.push({ field: 'words', code: 'required', message: 'Enter what is relevant to the risk, and no more' });
  if (said.informs.length === 0)
    problems.push({ field: 'informs', code: 'required', message: 'Choose what this tells of' });
  if (!said.informs.every((code) => kind.informs.some((each) => each.code === code)))
    problems.push({ field: 'informs', code: 'item.unknown', message: 'Choose among what this forum shares' });
  return problems;
}
