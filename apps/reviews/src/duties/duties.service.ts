import { demand, mayNot } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Invalid, PartnershipDutyDone, RuleBroken } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { PartnershipDuty } from '@concordat/packs';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Kinds } from '../kinds';
import { dueAgain, dutyProblems, standingOf } from '../partnership-duty';
import { RecordDutyDto, SendCopyDto } from './duties.dto';
import * as kept from './duties.repository';

/** The registers of what a community safety partnership has to do again and again, each by the agency that coordinates for it. */
@Injectable()
export class DutiesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'partnership-duty.list', call }, async (tx) => {
      demand(tx.actor, 'partnership-duty.list');
      const rule = this.kinds.partnershipDuties(tx.now);
      const all = await kept.dutiesOf(tx, tx.actor.orgId ?? '');
      tx.about({ objects: all.map(({ id, version }) => ({ t: 'partnership-duty', id, ver: String(version) })) });
      return {
        rule: rule && { id: rule.id, version: rule.version, source: rule.source, verified: rule.verified },
        items: (rule?.duties ?? []).map((duty) => {
          const { version = 0, records = [], copies = [] } = all.find(({ code }) => code === duty.code) ?? {};
          return { ...duty, version, records, sent: copies, ...standingOf(duty, records, copies, civilDate(tx.now)) };
        }),
        may: { keep: mayNot(tx.actor, 'partnership-duty.record') === null },
      };
    });
  }

  /** It was done. The next time is counted from then. */
  async record(call: Call, code: string) {
    const done = await this.unit.run({ action: 'partnership-duty.record', call }, async (tx) => {
      demand(tx.actor, 'partnership-duty.record');
      const duty = this.duty(tx, code);
      const { parts = [], ...dto } = valid(RecordDutyDto, call.body);
      const problems = dutyProblems(duty.parts, parts, { field: 'doneOn', day: dto.doneOn }, civilDate(tx.now));
      if (problems.length > 0) throw new Invalid(problems);
      const { id, isNew } = await kept.beginDuty(tx, tx.actor.orgId!, code);
      const stream = isNew ? tx.open(id) : await tx.lock(id);
      const version = await kept.keepEntry(tx, id, 'done', { ...dto, parts });
      const dueOn = dueAgain(duty, dto.doneOn);
      stream.publish(PartnershipDutyDone, { dutyId: id, ownerOrg: tx.actor.orgId!, duty: code, dueOn });
      tx.about({ objects: [{ t: 'partnership-duty', id, ver: String(version) }], items: [code], decision: 'done' });
      return { id, version, dueOn };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** A copy of what was done last was sent. */
  async copy(call: Call, code: string) {
    const done = await this.unit.run({ action: 'partnership-duty.send-copy', call }, async (tx) => {
      demand(tx.actor, 'partnership-duty.send-copy');
      const duty = this.duty(tx, code);
      const dto = valid(SendCopyDto, call.body);
      const mine = (await kept.dutiesOf(tx, tx.actor.orgId!)).find((d) => d.code === code);
      const last = mine?.records.at(-1);
      if (!mine || !last) throw new RuleBroken('partnership-duty.never-done', 'Nothing is recorded to send a copy of');
      const wrong = (field: string, why: string, message: string) => new Invalid([{ field, code: why, message }]);
      if (!duty.copies.some((c) => c.code === dto.code)) throw wrong('code', 'not-in-list', 'Choose who had it');
      if (dto.sentOn > civilDate(tx.now)) throw wrong('sentOn', 'in-future', 'The date must be today or earlier');
      if (dto.sentOn < last.doneOn) throw wrong('sentOn', 'too-early', 'It cannot have been sent before it was done');
      const { id } = await kept.beginDuty(tx, tx.actor.orgId!, code);
      const version = await kept.keepEntry(tx, id, 'copy', { ...dto, of: last.number });
      tx.about({ objects: [{ t: 'partnership-duty', id, ver: String(version) }], items: [code, dto.code] });
      return { id, version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** @throws NotFound if no document in force knows the duty */
  private duty(tx: Tx, code: string): PartnershipDuty {
    const duty = this.kinds.partnershipDuties(tx.now)?.duties.find((d) => d.code === code);
    if (!duty) throw new NotFound('partnership-duty');
    return duty;
  }
}
