import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Forbidden, ForumStageBegan, ForumStageEnded, Invalid } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { partIn } from '../case-part';
import { leads } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { mustBegin, mustEnd } from '../forum-stage';
import { forumById } from '../forums.repository';
import { lockedReferral } from '../screened-referrals.repository';
import { KeepStageDto } from './forum-referrals.dto';
import { insertStage, stagesBegun } from './forum-referrals.repository';

/** Whoever leads a forum puts on record when a stage of a case there began, such as a step up of a hub, or ended. */
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
      const { stage, beganOn, endedOn } = valid(KeepStageDto, call.body);
      const on = beganOn ?? endedOn;
      if (on === undefined || (beganOn !== undefined && endedOn !== undefined))
        throw new Invalid([{ field: 'beganOn', code: 'required', message: 'Say on which day it began, or ended' }]);
      const ends = endedOn !== undefined;
      const kind = this.kinds.of(forum.kind, tx.now);
      const { starts, at } = await stagesBegun(tx, id);
      const ground = { standing: referral.standing, referredOn: civilDate(at), today: civilDate(tx.now) };
      if (ends) mustEnd(kind, starts, { stage, endedOn: on }, ground);
      else mustBegin(kind, starts, { stage, beganOn: on }, ground);
      const rule = `${forum.kind}@${kind.version}`;
      const stream = await tx.lock(referral.caseId);
      const version = await insertStage(tx, referral, { number: starts.length + 1, stage, on, ends, rule });
      const told = { caseId: referral.caseId, referralId: id, forumId: forum.id, kind: forum.kind, stage };
      if (ends) stream.publish(ForumStageEnded, { ...told, endedOn: on });
      else stream.publish(ForumStageBegan, { ...told, beganOn: on });
      tx.about({
        subjects: [referral.subjectId],
        objects: [{ t: 'forum-referral', id, ver: String(version) }],
        ...{ rule, items: [stage], decision: ends ? 'ended' : 'begun' },
      });
      return { id, version, stage };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
