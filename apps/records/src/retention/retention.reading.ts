import { demand, mayNot } from '@concordat/access';
import { NotFound } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { why } from '../retention';
import { Calculating } from './calculating';
import { erasureById, erasuresOf } from './erasures.repository';
import { ListErasuresDto, ListRetentionDto } from './retention.dto';
import { holdsOf, retentionById, retentionOf, stepsOf, type RetentionRow } from './retention.repository';

/**
 * The review queue, for the information governance leads of the area, who decide, and for auditors. It tells nobody's name:
 * who governs how long a case is kept does not see the case. Which rows somebody is told of is the database's policy.
 */
@Injectable()
export class RetentionReading {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly calculating: Calculating,
  ) {}

  /** The rules as the pack in force gives them. It says nothing of anybody, so reading it leaves no entry. */
  practice() {
    return { pack: this.calculating.stamp, ...this.calculating.rules };
  }

  list(call: Call) {
    return this.unit.read({ action: 'retention.list', call }, async (tx) => {
      demand(tx.actor, 'retention.list');
      const query = valid(ListRetentionDto, call.query);
      const days = this.calculating.days(tx.now);
      const page = await retentionOf(tx, query, days);
      tx.about({
        objects: page.items.map((k) => ({ t: 'case' as const, id: k.caseId })),
        items: ['retention'],
        detail: { filter: { ...query } },
      });
      return { ...page, items: page.items.map((k) => told(k, days.today)) };
    });
  }

  /** One case: the rules that apply and from when they count, for those who govern it; holds, and what was decided. */
  view(call: Call, caseId: string) {
    const objects = [{ t: 'case' as const, id: caseId }];
    return this.unit.read({ action: 'retention.list', call, objects }, async (tx) => {
      const current = await this.calculating.current(tx, caseId);
      const row = current?.row ?? (await retentionById(tx, caseId));
      if (!row) throw new NotFound('case');
      demand(tx.actor, 'retention.list');
      const { today } = this.calculating.days(tx.now);
      const [holds, steps] = [await holdsOf(tx, caseId), await stepsOf(tx, caseId)];
      const governs = mayNot(tx.actor, 'retention.keep') === null;
      tx.about({ subjects: current?.people ?? [], items: ['retention'] });
      return {
        ...told(row, today),
        ends: current?.ends ?? [],
        openRequests: current?.requests ?? 0,
        holds: holds.map((h) => (governs ? h : { ...h, reason: null, releaseReason: null })),
        steps: steps.map((s) => (governs ? s : { ...s, reason: null })),
        may: mayOf(tx, row, today, governs),
      };
    });
  }

  erasures(call: Call) {
    return this.unit.read({ action: 'retention.list', call }, async (tx) => {
      demand(tx.actor, 'retention.list');
      const page = await erasuresOf(tx, valid(ListErasuresDto, call.query));
      tx.about({ objects: page.items.map((e) => ({ t: 'erasure' as const, id: e.caseId })), items: ['erasures'] });
      return page;
    });
  }

  erasure(call: Call, caseId: string) {
    const objects = [{ t: 'erasure' as const, id: caseId }];
    return this.unit.read({ action: 'retention.list', call, objects }, async (tx) => {
      demand(tx.actor, 'retention.list');
      const erasure = await erasureById(tx, caseId);
      if (!erasure) throw new NotFound('erasure');
      return erasure;
    });
  }
}

const told = ({ holds, ...row }: RetentionRow, today: string) => ({
  ...row,
  held: holds > 0,
  keptBy: why({ ...row, holds }, today),
});

const mayOf = (tx: Tx, row: RetentionRow, today: string, governs: boolean) => ({
  hold: governs,
  keep: governs && row.state === 'kept',
  propose: governs && row.state === 'kept' && why(row, today) === null,
  confirm: governs && row.state === 'proposed' && row.proposedBy !== tx.actor.id && why(row, today) === null,
  refuse: governs && row.state === 'proposed',
});
