import { demand } from '@concordat/access';
import { ForumReferralChanged, IllegalTransition, Invalid } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { mayAssess, partIn } from '../case-part';
import { isChair, leads } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { forumById } from '../forums.repository';
import { leaves, returns, standingAfter } from '../referral-standing';
import { listWaiting } from '../waiting.repository';
import { StepReferralDto } from './forum-referrals.dto';
import { lockedReferral, moveReferral, unlisted } from '../screened-referrals.repository';

/** Referrals are returned as incomplete or not accepted by whoever leads a forum, and completed, challenged or withdrawn by whoever made them. */
@Injectable()
export class ScreeningService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
  ) {}

  async step(call: Call, id: string) {
    const objects = [{ t: 'forum-referral' as const, id }];
    const done = await this.unit.run({ action: 'forum-referral.screen', call, objects }, async (tx) => {
      const referral = await lockedReferral(tx, id);
      expectVersion(call, 'forum-referral', referral.version);
      demand(tx.actor, 'forum-referral.screen');
      const { do: step, words, advice } = valid(StepReferralDto, call.body);
      const forum = await forumById(tx, referral.forumId);
      const part = await partIn(tx, referral.caseId);
      const standing = standingAfter(referral.standing, step, {
        ...{ lead: !part.byGlass && leads(forum, tx.actor.id), chair: !part.byGlass && isChair(forum, tx.actor.id) },
        referrer: referral.orgId === tx.actor.orgId && mayAssess(part),
        refuser: referral.refusedBy === tx.actor.id,
      });
      if (step === 'not-accept' && !advice?.trim())
        throw new Invalid([{ field: 'advice', code: 'required', message: 'Say what to do instead' }]);
      if (leaves(referral.standing, step) && (referral.heardOn !== null || !(await unlisted(tx, id))))
        throw new IllegalTransition(
          'forum-referral.on-agenda',
          'It is on an agenda that is issued, or was heard. Put the case off instead',
          referral.standing,
        );
      const stream = await tx.lock(referral.caseId);
      const said = { step, words: words.trim(), advice: step === 'not-accept' ? advice!.trim() : null };
      const version = await moveReferral(tx, referral, standing, said);
      if (returns(step)) await listWaiting(tx, forum.id, this.kinds.of(forum.kind, tx.now));
      const { caseId, orgId } = referral;
      stream.publish(ForumReferralChanged, { caseId, referralId: id, forumId: forum.id, orgId, standing });
      tx.about({
        subjects: [referral.subjectId],
        objects: [{ t: 'forum-referral', id, ver: String(version) }],
        recipients: [{ org: orgId, role: 'referrer' }],
        decision: standing,
      });
      return { id, version, status: standing };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
