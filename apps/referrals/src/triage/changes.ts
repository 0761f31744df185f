import { demand } from '@concordat/access';
import { NotFound, type Action, type ReferralHeader } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { expectVersion, expectVersionIfSent, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { sideOf, standsAs, type Side } from '../grounds';
import { differing, type Entry } from '../history';
import { demandOpen, statusOf, type Doing, type Step } from '../referral';
import { Referrals, type Received } from '../referrals.repository';
import { hiddenFrom } from './view';

/** One way to change a referral: as what it is audited, in which states it is open, and to whose staff. */
export interface Change<D extends object> {
  readonly action: Action;
  readonly step: Step;
  readonly side: Exclude<Side, 'participant'>;
  readonly body: new () => D;
  /** It only adds, so it can overwrite nothing: If-Match may be left out. */
  readonly adds?: boolean;
}

/** What a change comes to: what happened, what is told of it, and whatever else it does in the same unit. */
export interface Outcome {
  readonly entry: Entry;
  /** Place of a new colour among its scheme's. */
  readonly rank?: number;
  publish(stream: Stream, header: ReferralHeader): void;
}

/** Changes one referral, always in the order of the house (acceptance.md, rules that hold everywhere, 1). */
@Injectable()
export class Changes {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly referrals: Referrals,
  ) {}

  /** make runs `work` on the referral, held; null from it means that nothing differs, and nothing is then written. */
  async make<D extends object>(
    call: Call,
    id: string,
    change: Change<D>,
    work: (tx: Tx, referral: Received, asked: D, doing: Doing) => Promise<Outcome | null> | Outcome | null,
  ) {
    const act = { action: change.action, call, objects: [{ t: 'referral' as const, id }] };
    const done = await this.unit.run(act, async (tx) => {
      const found = await this.referrals.forChange(tx, id);
      if (!found || found.discardedAt) throw new NotFound('referral');
      const hidden = hiddenFrom(sideOf(tx.actor, found));
      const changed = () => differing(found.entries, call.expectedVersion ?? 0).filter((f) => !hidden.includes(f));
      (change.adds ? expectVersionIfSent : expectVersion)(call, 'referral', found.version, changed);
      const stands = !found.receivedAt || standsAs(tx.actor, found, change.side);
      demand(tx.actor, change.action, { orgs: stands && tx.actor.orgId ? [tx.actor.orgId] : [] });
      const asked = valid(change.body, call.body);
      if (!isReceived(found)) demandOpen(found, change.step); // a draft is open to none of these steps
      const referral = found as Received;
      const outcome = await work(tx, referral, asked, { by: tx.actor.id, at: tx.now });
      const next = outcome ? await this.referrals.append(tx, referral, outcome.entry, outcome.rank) : referral;
      outcome?.publish(await tx.lock(id), headerOf(referral));
      tx.about({ subjects: referral.people, objects: [{ t: 'referral', id, ver: String(next.version) }] });
      return { id, version: next.version, status: statusOf(next) };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

/** What every event of a referral says of it: ids and codes (events.md P1). */
export const headerOf = (r: Received): ReferralHeader => ({
  referralId: r.id,
  pathway: r.pathway,
  areaId: r.areaId,
  referringOrg: r.referringOrg,
  receivingOrg: r.receivingOrg,
});

const isReceived = (r: { receivedAt: Date | null }): boolean => r.receivedAt !== null;
