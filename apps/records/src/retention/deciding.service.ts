import { addMonths } from '@concordat/clocks';
import { Invalid, newId, RetentionDecided, type Action, type RetentionStep } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { mustBe, mustBeErasable, mustBeSecond, untilProblems } from '../retention';
import { Calculating, type Current } from './calculating';
import { KeepCaseDto, RetentionReasonDto } from './retention.dto';
import { changeRetention, keepRetentionStep, type Changed } from './retention.repository';

/** What one decision does to the keeping of a case. */
interface Decision {
  readonly what: RetentionStep;
  readonly reason?: string;
  readonly until?: string;
  readonly to: Changed;
}

/**
 * Decides of a case whose time is up: it is kept, for a reason and until a day; or one person proposes that it is erased, and
 * another confirms or refuses that. Confirming starts the erasure; nothing before it takes anything away.
 */
@Injectable()
export class DecidingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly calculating: Calculating,
  ) {}

  keep(call: Call, caseId: string) {
    return this.decide(call, caseId, 'retention.keep', (tx, { row }) => {
      const { reason, until } = valid(KeepCaseDto, call.body);
      const { today } = this.calculating.days(tx.now);
      const latest = addMonths(today, 12 * this.calculating.rules.keepAtMostYears);
      const problems = untilProblems(until, { today: row.dueOn > today ? row.dueOn : today, latest });
      if (problems.length > 0) throw new Invalid(problems);
      mustBe(row, 'kept');
      return { what: 'kept', reason, until, to: { state: 'kept', dueOn: until, keptUntil: until } };
    });
  }

  propose(call: Call, caseId: string) {
    return this.decide(call, caseId, 'retention.propose-erasure', (tx, { row }) => {
      const { reason } = valid(RetentionReasonDto, call.body);
      mustBe(row, 'kept');
      mustBeErasable(row, this.calculating.days(tx.now).today);
      const proposal = { decisionId: newId(), proposedBy: tx.actor.id, proposedAt: tx.now };
      return { what: 'proposed', reason, to: { state: 'proposed', ...proposal } };
    });
  }

  refuse(call: Call, caseId: string) {
    return this.decide(call, caseId, 'retention.refuse-erasure', (_, { row }) => {
      const { reason } = valid(RetentionReasonDto, call.body);
      mustBe(row, 'proposed');
      return { what: 'refused', reason, to: { state: 'kept' } };
    });
  }

  confirm(call: Call, caseId: string) {
    return this.decide(call, caseId, 'retention.confirm-erasure', (tx, { row }) => {
      mustBe(row, 'proposed');
      mustBeSecond(row, tx.actor.id);
      mustBeErasable(row, this.calculating.days(tx.now).today);
      const { decisionId, proposedBy, proposedAt } = row;
      const confirmation = { confirmedBy: tx.actor.id, confirmedAt: tx.now };
      const version = row.version + 1;
      tx.enqueue({
        ...{ name: 'erase-case', key: `erase-case/${caseId}/${version}`, runAt: tx.now },
        payload: { id: caseId, version },
      });
      return { what: 'confirmed', to: { state: 'confirmed', decisionId, proposedBy, proposedAt, ...confirmation } };
    });
  }

  private async decide(call: Call, caseId: string, action: Action, decision: (tx: Tx, current: Current) => Decision) {
    const objects = [{ t: 'case' as const, id: caseId }];
    const done = await this.unit.run({ action, call, objects }, async (tx) => {
      const stream = await tx.lock(caseId);
      const current = await this.calculating.governed(tx, call, caseId, action);
      const { row } = current;
      const { what, reason, until, to } = decision(tx, current);
      const version = await changeRetention(tx, row, to);
      await keepRetentionStep(tx, caseId, { what, reason: reason ?? null, until: until ?? null });
      stream.publish(RetentionDecided, { caseId, what });
      tx.about({
        rule: `${row.pack}/${row.rule}@${row.ruleVersion}`,
        ...(to.decisionId ? { decision: to.decisionId } : {}),
        detail: { ...(reason ? { reason } : {}), ...(until ? { until } : {}), dueOn: row.dueOn },
      });
      return { id: caseId, version, state: to.state };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
