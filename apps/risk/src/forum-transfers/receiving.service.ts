import {
  AdvocateContactChanged,
  CaseReferredToForum,
  ForumTransferChanged,
  IllegalTransition,
  newId,
} from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { askAdvocate } from '../advocate-contacts.repository';
import { leads } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { allForums, forumById } from '../forums.repository';
import { demandLead } from '../leading';
import { ResearchShares } from '../research-shares';
import { listWaiting } from '../waiting.repository';
import { lookedAt, recordReceived } from './both-ends';
import { AcknowledgeTransferDto } from './forum-transfers.dto';
import {
  acknowledge,
  transferById,
  transferredAbout,
  transfersOf,
  wentWith,
  peopleOf,
  type ForumTransfer,
} from './forum-transfers.repository';

/** Transfers as the two forums see them: what came, with what, and that it was acknowledged. */
@Injectable()
export class ReceivingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
    private readonly shares: ResearchShares,
  ) {}

  list(call: Call, forumId: string) {
    const objects = [{ t: 'forum' as const, id: forumId }];
    return this.unit.read({ action: 'forum-transfer.view', call, objects }, async (tx) => {
      const forum = await forumById(tx, forumId);
      demandLead(tx, 'forum-transfer.view', forum);
      const transfers = await transfersOf(tx, forumId);
      for (const transfer of transfers) about(tx, transfer);
      const titles = new Map((await allForums(tx)).map(({ id, title }) => [id, title]));
      return {
        items: transfers.map(({ reason: _reason, acknowledgedWords: _words, diverts: _diverts, ...transfer }) => ({
          ...{ ...transfer, incoming: transfer.toForum === forumId },
          other: titles.get(transfer.toForum === forumId ? transfer.fromForum : transfer.toForum),
        })),
      };
    });
  }

  /** With what goes with it, as long as an agreement lets the caller's agency have it: decided at each look. */
  view(call: Call, id: string) {
    const objects = [{ t: 'forum-transfer' as const, id }];
    return this.unit.read({ action: 'forum-transfer.view', call, objects }, async (tx) => {
      const transfer = await transferById(tx, id);
      const [from, to] = [await forumById(tx, transfer.fromForum), await forumById(tx, transfer.toForum)];
      const [sent, received] = [leads(from, tx.actor.id), leads(to, tx.actor.id)];
      demandLead(tx, 'forum-transfer.view', received ? to : from);
      about(tx, transfer);
      const { purpose, informs, diverts = [] } = this.kinds.of(to.kind, tx.now);
      const shown = sent || (await this.stillShown(tx, transfer, purpose));
      if (shown && !sent) tx.about(lookedAt(transfer));
      return {
        ...transfer,
        reason: shown ? transfer.reason : null,
        diverts: shown ? transfer.diverts : [],
        /** What this kind of forum asks of such cases. */
        asked: diverts,
        ...{ from: from.title, to: to.title, titles: informs },
        /** Null when no agreement lets the caller's agency have it now. */
        with: shown ? await wentWith(tx, id) : null,
        may: { acknowledge: received && transfer.acknowledgedAt === null },
      };
    });
  }

  private async stillShown(tx: Tx, transfer: ForumTransfer, purpose: string): Promise<boolean> {
    const people = await transferredAbout(tx, transfer.id);
    const asked = [{ orgId: transfer.sentOrg, informs: transfer.informs }];
    return (await this.shares.stillShown(tx, people, purpose, asked)).length > 0;
  }

  /** Refers the case anew here: linked to where it came from, and no repeat. */
  async acknowledge(call: Call, id: string) {
    const objects = [{ t: 'forum-transfer' as const, id }];
    const done = await this.unit.run({ action: 'forum-transfer.acknowledge', call, objects }, async (tx) => {
      const transfer = await transferById(tx, id, true);
      expectVersion(call, 'forum-transfer', transfer.version);
      const forum = await forumById(tx, transfer.toForum);
      demandLead(tx, 'forum-transfer.acknowledge', forum);
      const { words } = valid(AcknowledgeTransferDto, call.body);
      const kind = this.kinds.of(forum.kind, tx.now);
      const { caseId, fromForum, toForum } = transfer;
      const stream = await tx.lock(caseId);
      const [referralId, orgId] = [newId(), tx.actor.orgId ?? ''];
      const referring = {
        referralId,
        pack: this.kinds.packs.version,
        forumVersion: forum.version,
        words: words.trim(),
      };
      if (!(await acknowledge(tx, transfer, referring)))
        throw new IllegalTransition('forum-transfer.acknowledged', 'It is acknowledged already', 'acknowledged');
      const asked = { ...(await peopleOf(tx, referralId)), id: referralId, forumId: toForum, caseId };
      if (forum.advocateOrg) stream.publish(AdvocateContactChanged, await askAdvocate(tx, asked, forum.advocateOrg));
      await listWaiting(tx, toForum, kind);
      stream.publish(CaseReferredToForum, { caseId, referralId, forumId: toForum, kind: forum.kind, orgId });
      stream.publish(ForumTransferChanged, { caseId, transferId: id, fromForum, toForum, acknowledged: true });
      about(tx, { ...transfer, version: transfer.version + 1 });
      await recordReceived(tx, transfer);
      tx.about({ objects: [{ t: 'forum-referral', id: referralId }], rule: `${forum.kind}@${kind.version}` });
      return { id, version: transfer.version + 1, referralId };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

function about(tx: Tx, { id, version, caseId, subjectId }: ForumTransfer): void {
  tx.about({
    subjects: [subjectId],
    objects: [
      { t: 'forum-transfer', id, ver: String(version) },
      { t: 'case', id: caseId },
    ],
  });
}
