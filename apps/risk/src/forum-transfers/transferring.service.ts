import {
  ForumReferralChanged,
  ForumTransferChanged,
  IllegalTransition,
  Invalid,
  newId,
  RuleBroken,
} from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { wrongDiverts } from '../forum-referral';
import { leadIn, leadOrgs, type Forum } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { agenciesIn, forumById } from '../forums.repository';
import { demandLead } from '../leading';
import { ResearchShares, type ShareDecision } from '../research-shares';
import { emergencyOf, lockedReferral, moveReferral, unlisted } from '../screened-referrals.repository';
import { TransferToForumDto } from './forum-transfers.dto';
import { recordSent } from './both-ends';
import { insertTransfer, peopleOf } from './forum-transfers.repository';

/**
 * A case follows whom it is about to another area (domain/risk-conferences.md §2.5). Those who lead the forum there are told by a
 * decision of the sharing context for each of their agencies; without each of them nothing goes.
 */
@Injectable()
export class TransferringService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
    private readonly shares: ResearchShares,
  ) {}

  async send(call: Call, id: string) {
    const objects = [{ t: 'forum-referral' as const, id }];
    const done = await this.unit.run({ action: 'forum-transfer.send', call, objects }, async (tx) => {
      const referral = await lockedReferral(tx, id);
      expectVersion(call, 'forum-referral', referral.version);
      const from = await forumById(tx, referral.forumId);
      demandLead(tx, 'forum-transfer.send', from);
      const { toForum, reason, informs = [], ...said } = valid(TransferToForumDto, call.body);
      const diverts = (said.diverts ?? []).map((each) => ({ ...each, reason: each.reason?.trim() ?? '' }));
      const kind = this.kinds.of(from.kind, tx.now);
      const to = await forumById(tx, toForum);
      if (informs.length === 0 || !informs.every((code) => kind.informs.some((each) => each.code === code)))
        throw new Invalid([{ field: 'informs', code: 'required', message: 'Choose what this tells of' }]);
      if (to.id === from.id || to.kind !== from.kind)
        throw new Invalid([
          { field: 'toForum', code: 'forum.other-kind', message: 'Choose another forum of the same kind' },
        ]);
      // Of a case that another kind of forum is for, it is said anew why it goes to this one nevertheless.
      const problems = wrongDiverts(diverts, kind);
      if (problems.length > 0) throw new Invalid(problems);
      const { caseId } = referral;
      const inCase = await agenciesIn(tx, caseId);
      if (!leadIn(to, inCase))
        throw new RuleBroken(
          'forum.lead-not-in-case',
          'The agencies that chair and coordinate this forum must take part in the case first',
        );
      const { heard } = await emergencyOf(tx, id);
      if (referral.standing !== 'submitted' || (!heard && !(await unlisted(tx, id))))
        throw new IllegalTransition(
          'forum-referral.on-agenda',
          'It is on an agenda that is issued, or was not accepted. Put the case off first',
          referral.standing,
        );
      const permits = await this.permitted(tx, from, to, { referralId: id, purpose: kind.purpose, informs, inCase });
      const stream = await tx.lock(caseId);
      const transfer = {
        id: newId(),
        referralId: id,
        fromForum: from.id,
        toForum: to.id,
        caseId,
        subjectId: referral.subjectId,
      };
      const sent = { ...transfer, reason: reason.trim(), informs, diverts };
      await insertTransfer(tx, sent, permits);
      await recordSent(tx, sent, permits, this.kinds.packs.sharingLaw().acknowledgeWithinHours);
      if (!heard) {
        await moveReferral(tx, referral, 'transferred', { step: 'transfer', words: reason.trim(), advice: null });
        const { orgId } = referral;
        stream.publish(ForumReferralChanged, {
          caseId,
          referralId: id,
          forumId: from.id,
          orgId,
          standing: 'transferred',
        });
      }
      stream.publish(ForumTransferChanged, {
        ...{ caseId, transferId: transfer.id, fromForum: from.id, toForum: to.id, acknowledged: false },
      });
      tx.about({
        subjects: [referral.subjectId],
        objects: [
          { t: 'forum-transfer', id: transfer.id, ver: '1' },
          { t: 'case', id: caseId },
        ],
        items: informs,
        reasons: diverts.filter(({ applies }) => applies).map(({ code }) => `divert.${code}`),
      });
      return { id: transfer.id, version: 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Asks for each other agency that leads there. One that may not have it, and nothing goes. */
  private async permitted(
    tx: Tx,
    from: Forum,
    to: Forum,
    what: { referralId: string; purpose: string; informs: readonly string[]; inCase: readonly string[] },
  ): Promise<ShareDecision[]> {
    const people = await peopleOf(tx, what.referralId);
    const fromOrg = tx.actor.orgId ?? '';
    const decisions: ShareDecision[] = [];
    for (const toOrg of leadOrgs(to).filter((org) => org !== fromOrg && what.inCase.includes(org)))
      decisions.push(
        await this.shares.decide(tx, {
          ...{ kind: 'DISCLOSE', fromOrg, toOrg },
          ...this.shares.offerOf(tx, people, what.purpose, what.informs),
        }),
      );
    if (decisions.some(({ outcome }) => outcome !== 'PERMIT'))
      throw new RuleBroken(
        'forum-transfer.not-permitted',
        'No agreement allows every agency that leads that forum to have this',
      );
    return decisions;
  }
}
