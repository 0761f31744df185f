import { demand, mayNot } from '@concordat/access';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isOpen, mayTake, shownTo, type Step } from '../../onward-referral';
import { HandOverPractices } from '../../hand-over-practice';
import { visibleCase } from '../../visible-case';
import { ListOnwardReferralsDto } from './onward-referrals.dto';
import {
  countReferrals,
  markSeen,
  referralsIn,
  referralsOfCase,
  visibleReferral,
  type Sided,
} from './onward-referrals.repository';

const STEPS = ['accept', 'decline', 'withdraw', 'complete'] as const satisfies readonly Step[];

/** Reads referrals between agencies: each side sees what is its own to see. */
@Injectable()
export class OnwardReferralsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: HandOverPractices,
  ) {}

  /** What the forms of hand-over offer. It is the pack, and about nobody. */
  practiceFor(call: Call) {
    return this.unit.read({ action: 'referral.list', call }, async (tx) => {
      demand(tx.actor, 'referral.list');
      return Promise.resolve(this.practice.told());
    });
  }

  list(call: Call) {
    return this.unit.read({ action: 'referral.list', call }, async (tx) => {
      demand(tx.actor, 'referral.list');
      const page = await referralsIn(tx, valid(ListOnwardReferralsDto, call.query));
      return { ...page, items: told(tx, page.items), counts: await countReferrals(tx) };
    });
  }

  /** Those of one case, for whoever works on it. */
  ofCase(call: Call, caseId: string) {
    return this.unit.read({ action: 'referral.list', call, objects: [{ t: 'case', id: caseId }] }, async (tx) => {
      const record = await visibleCase(tx, caseId);
      demand(tx.actor, 'referral.list', { orgs: [tx.actor.orgId ?? ''], level: record.level });
      const standing = { orgs: [record.leadOrg], level: record.level };
      const may = (action: 'referral.offer' | 'referral.offer-for-action'): boolean =>
        mayNot(tx.actor, action, standing) === null;
      return {
        items: told(tx, await referralsOfCase(tx, caseId)),
        may: {
          refer: may('referral.offer') || may('referral.offer-for-action'),
          onlyForAction: !may('referral.offer'),
        },
      };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'referral.view', call, objects: [{ t: 'referral', id }] }, async (tx) => {
      const sided = await visibleReferral(tx, id);
      demand(tx.actor, 'referral.view');
      if (sided.news) await markSeen(tx, id);
      return told(tx, [sided])[0]!;
    });
  }
}

/** What is told of referrals, with what may be done next; each is named in the audit entry. */
function told(tx: Tx, list: readonly Sided[]) {
  tx.about({ objects: list.map(({ referral: r }) => ({ t: 'referral', id: r.id, ver: String(r.version) })) });
  return list.map(({ referral, side, news }) => ({
    ...shownTo(side, referral),
    ...{ side, news },
    may: Object.fromEntries(
      STEPS.map((step) => [step, mayTake(step, side, referral.state) && isOpen(step, referral.state)]),
    ),
  }));
}
