import { demand } from '@concordat/access';
import { ForumReferralChanged, IllegalTransition, Invalid, NotFound, RuleBroken } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { mayAssess, partIn } from '../case-part';
import { isChair, leads } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { forumById } from '../forums.repository';
import { leaves, mergesInto, returns, standingAfter } from '../referral-standing';
import { listWaiting } from '../waiting.repository';
import { StepReferralDto } from './forum-referrals.dto';
import { lockedReferral, moveReferral, unlisted, type Screened } from '../screened-referrals.repository';

/**
 * Referrals are returned as incomplete or not accepted by whoever leads a forum, and completed, challenged or
 * withdrawn by whoever made them; two about the same matter become one.
 */
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
      const { do: step, words, advice, into } = valid(StepReferralDto, call.body);
      const forum = await forumById(tx, referral.forumId);
      const part = await partIn(tx, referral.caseId);
      const standing = standingAfter(referral.standing, step, {
        ...{ lead: !part.byGlass && leads(forum, tx.actor.id), chair: !part.byGlass && isChair(forum, tx.actor.id) },
        referrer: referral.orgId === tx.actor.orgId && mayAssess(part),
        refuser: referral.refusedBy === tx.actor.id,
      });
      if (step === 'not-accept' && !advice?.trim())
        throw new Invalid([{ field: 'advice', code: 'required', message: 'Say what to do instead' }]);
      if (step === 'withdraw' && referral.standsForOthers)
        throw new RuleBroken(
          'forum-referral.stands-for-others',
          'The referral of another agency was merged into it, and would be lost. Ask whoever leads the forum',
        );
      const stays = step === 'merge' ? await this.staying(tx, referral, into) : null;
      if (leaves(referral.standing, step) && (referral.heardOn !== null || !(await unlisted(tx, id))))
        throw new IllegalTransition(
          'forum-referral.on-agenda',
          'It is on an agenda that is issued, or was heard. Put the case off instead',
          referral.standing,
        );
      const stream = await tx.lock(referral.caseId);
      const said = { step, words: words.trim(), advice: step === 'not-accept' ? advice!.trim() : null };
      const version = await moveReferral(tx, referral, standing, { ...said, into: stays?.id ?? null });
      if (returns(step)) await listWaiting(tx, forum.id, this.kinds.of(forum.kind, tx.now));
      const { caseId, orgId } = referral;
      stream.publish(ForumReferralChanged, {
        ...{ caseId, referralId: id, forumId: forum.id, orgId, standing },
        ...(stays ? { mergedInto: stays.id } : {}),
      });
      tx.about({
        subjects: [referral.subjectId],
        objects: [
          { t: 'forum-referral', id, ver: String(version) },
          ...(stays ? [{ t: 'forum-referral' as const, id: stays.id, ver: String(stays.version) }] : []),
        ],
        recipients: [orgId, ...(stays ? [stays.orgId] : [])].map((org) => ({ org, role: 'referrer' })),
        decision: standing,
      });
      return { id, version, status: standing };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** The referral that stays where another is merged into it, held so that it is not heard or merged meanwhile. Throws Invalid. */
  private async staying(tx: Tx, referral: Screened, into: string | undefined): Promise<Screened> {
    const wrong = (code: string, message: string) => new Invalid([{ field: 'into', code, message }]);
    if (!into) throw wrong('required', 'Choose the referral that stays');
    const other = await lockedReferral(tx, into).catch((error: unknown) => {
      if (error instanceof NotFound) return null;
      throw error;
    });
    if (!other || !mergesInto(referral, { ...other, heard: other.heardOn !== null }))
      throw wrong(
        'forum-referral.not-the-same',
        'Choose a referral of the same person of this case to this forum that is still to be heard',
      );
    return other;
  }
}
