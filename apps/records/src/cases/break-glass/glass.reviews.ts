import { demand, mayNot } from '@concordat/access';
import { GlassReviewed, Invalid, NotFound } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { mustBeReviewable } from '../../break-glass';
import { Practice } from '../../practice';
import { ListGlassDto, ReviewGlassDto } from './break-glass.dto';
import { keepReview, useById, usesOf, type GlassUse } from './glass.repository';

/**
 * Notices of emergency openings, for the owner's safeguarding leads, for the information governance leads of the area, who
 * review each, and for auditors. Which of them somebody is told of is the database's policy.
 */
@Injectable()
export class GlassReviews {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'glass.list', call }, async (tx) => {
      demand(tx.actor, 'glass.list');
      const query = valid(ListGlassDto, call.query);
      const page = await usesOf(tx, query);
      tx.about({
        objects: page.items.map((u) => ({ t: 'break-glass' as const, id: u.id })),
        detail: { filter: { ...query } },
      });
      return { ...page, items: page.items.map((u) => told(tx, u)) };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'glass.list', call, objects: [{ t: 'break-glass', id }] }, async (tx) => {
      demand(tx.actor, 'glass.list');
      const use = await useById(tx, id);
      if (!use) throw new NotFound('break-glass');
      return { ...told(tx, use), outcomes: this.practice.packs.restrictions().breakGlass.outcomes };
    });
  }

  async review(call: Call, id: string) {
    const done = await this.unit.run(
      { action: 'glass.review', call, objects: [{ t: 'break-glass', id }] },
      async (tx) => {
        const stream = await tx.lock(id);
        const use = await useById(tx, id);
        if (!use || (use.userId === tx.actor.id && mayNot(tx.actor, 'glass.list') !== null))
          throw new NotFound('break-glass');
        expectVersion(call, 'break-glass', use.version, ['outcome']);
        demand(tx.actor, 'glass.review');
        const { outcome, note } = valid(ReviewGlassDto, call.body);
        const { outcomes } = this.practice.packs.restrictions().breakGlass;
        if (use.refused || !outcomes.some((o) => o.code === outcome))
          throw new Invalid([{ field: 'outcome', code: 'not-in-list', message: 'Select what the review found' }]);
        mustBeReviewable(use, tx.actor.id);
        await keepReview(tx, id, outcome, note);
        stream.publish(GlassReviewed, { useId: id, caseId: use.caseId, reviewedBy: tx.actor.id, outcome });
        tx.about({ objects: [{ t: 'case', id: use.caseId }], decision: outcome, detail: { note } });
        return { id, version: use.version + 1 };
      },
    );
    return { ...done.value, receipt: done.receipt };
  }
}

/**
 * A notice as its reader may have it. An auditor who may not read restricted records learns that a restricted case was
 * opened, by whom, when and on which ground, and not which one it was.
 */
function told(tx: Tx, use: GlassUse) {
  const governs =
    tx.actor.roles.includes('information-governance-lead') || tx.actor.roles.includes('safeguarding-lead');
  const whole = governs || !use.restricted || tx.actor.roles.includes('restricted-records');
  return {
    ...use,
    ...(whole ? {} : { caseId: null, reference: null, reason: null, reviewNote: null }),
    mayReview:
      !use.refused &&
      use.reviewedAt === null &&
      use.userId !== tx.actor.id &&
      mayNot(tx.actor, 'glass.review') === null,
  };
}
