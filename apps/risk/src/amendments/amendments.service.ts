import { Invalid, MinutesAmended } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { mustBe } from '../agenda-item-state';
import { amended, answered, mayPropose } from '../amendment';
import { amendmentsOf, answerAmendment, lockedAmendment, proposeAmendment } from '../amendments.repository';
import { forumById } from '../forums.repository';
import { demandChair, demandLead } from '../leading';
import * as kept from '../meetings.repository';
import { AnswerAmendmentDto, ProposeAmendmentDto } from './amendments.dto';

/**
 * What is put right in minutes after they were issued. What was issued stays as it is; whoever leads says what it should say and why,
 * and a chair who did not propose it agrees or refuses.
 */
@Injectable()
export class AmendmentsService {
  constructor(private readonly unit: UnitOfWork) {}

  /** From how many there were before: whoever did not see the last proposes nothing on top of it. */
  async propose(call: Call, id: string) {
    const act = { action: 'minutes.propose-amendment', call, objects: [{ t: 'agenda-item' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const item = await kept.itemById(tx, id);
      const before = (await amendmentsOf(tx, item.meetingId)).filter(({ itemId }) => itemId === id);
      expectVersion(call, 'minutes', before.length + 1);
      demandLead(tx, 'minutes.propose-amendment', await forumById(tx, item.forumId));
      const { part, after = '', reason } = valid(ProposeAmendmentDto, call.body);
      await kept.mustStandOpen(tx, item.meetingId, 'amend');
      mustBe(item, 'amend');
      const now = amended(item, before)[part];
      mayPropose(now, after.trim(), before);
      const { meetingId } = item;
      const said = { itemId: id, meetingId, ordinal: before.length + 1, part, before: now, after: after.trim() };
      const made = await proposeAmendment(tx, { ...said, reason: reason.trim() });
      kept.aboutItem(tx, item);
      tx.about({ objects: [{ t: 'minute-amendment', id: made, ver: '1' }], items: [part] });
      return { id: made, version: 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }

  async answer(call: Call, id: string) {
    const act = {
      action: 'minutes.answer-amendment',
      call,
      objects: [{ t: 'minute-amendment' as const, id }],
    } as const;
    const done = await this.unit.run(act, async (tx) => {
      const amendment = await lockedAmendment(tx, id);
      expectVersion(call, 'minute-amendment', amendment.version);
      const item = await kept.itemById(tx, amendment.itemId);
      demandChair(tx, 'minutes.answer-amendment', await forumById(tx, item.forumId));
      const { do: answer, words = '' } = valid(AnswerAmendmentDto, call.body);
      const state = answered(amendment, answer, tx.actor.id);
      if (answer === 'refuse' && words.trim() === '')
        throw new Invalid([{ field: 'words', code: 'required', message: 'Say why it is refused' }]);
      const version = await answerAmendment(tx, amendment, state, words.trim());
      const { caseId, meetingId, forumId } = item;
      if (state === 'agreed')
        (await tx.lock(caseId)).publish(MinutesAmended, { caseId, meetingId, forumId, itemId: item.id });
      kept.aboutItem(tx, item);
      tx.about({ objects: [{ t: 'minute-amendment', id, ver: String(version) }], decision: state });
      return { id, version, status: state };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
