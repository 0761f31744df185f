import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Forbidden, ForumStageBegan } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { partIn } from '../case-part';
import { leads } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { mustBegin } from '../forum-stage';
import { forumById } from '../forums.repository';
import { lockedReferral } from '../screened-referrals.repository';
import { BeginStageDto } from './forum-referrals.dto';
import { insertStage, stagesBegun } from './forum-referrals.repository';

/** Whoever leads a forum puts on record when a stage of a case there began, such as a step up of a hub. */
@Injectable()
export class StagesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
  ) {}

  async begin(call: Call, id: string) {
    const objects = [{ t: 'forum-referral' as const, id }];
    const done = await this.unit.run({ action: 'forum-referral.begin-stage', call, objects }, async (tx) => {
      const referral = await lockedReferral(tx, id);
      expectVersion(call, 'forum-referral', referral.version);
      demand(tx.actor, 'forum-referral.begin-stage');
      const forum = await forumById(tx, referral.forumId);
      const part = await partIn(tx, referral.caseId);
      if (part.byGlass || !leads(forum, tx.actor.id))
        throw new Forbidden('forum-referral.forbidden', 'You may not do this', ['forum.not-lead']);
      const { stage, beganOn } = valid(BeginStageDto, call.body);
      const kind = this.kinds.of(forum.kind, tx.now);
      const { starts, at } = await stagesBegun(tx, id);
      const [referredOn, today] = [civilDate(at), civilDate(tx.now)];
      mustBegin(kind, starts, { stage, beganOn }, { standing: referral.standing, referredOn, today });
      const rule = `${forum.kind}@${kind.version}`;
      const stream = await tx.lock(referral.caseId);
      const version = await insertStage(tx, referral, { number: starts.length + 1, stage, beganOn, rule });
      stream.publish(ForumStageBegan, {
        ...{ caseId: referral.caseId, referralId: id, forumId: forum.id, kind: forum.kind, stage, beganOn },
      });
      tx.about({
        subjects: [referral.subjectId],
        objects: [{ t: 'forum-referral', id, ver: String(version) }],
        ...{ rule, items: [stage], decision: 'begun' },
      });
      return { id, version, stage };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
