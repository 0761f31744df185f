import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { AsbApplicationChanged, IllegalTransition, RuleBroken } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { ApplicationRetention } from '@concordat/packs';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { keptUntil } from '../application-keeping';
import { Kinds } from '../kinds';
import { ListReviewsDto } from '../reviews/reviews.dto';
import * as kept from './applications.repository';

/**
 * Says until when what was sent in an application is kept, by the rule of the pack, and lets a coordinator erase it from the day
 * after. A rule erases nothing by itself; without one everything is kept.
 */
@Injectable()
export class KeepingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'asb-application.list-kept', call }, async (tx) => {
      demand(tx.actor, 'asb-application.list-kept');
      const { limit = 25, cursor } = valid(ListReviewsDto, call.query);
      const page = await kept.keptApplications(tx, limit, cursor);
      const rule = this.kinds.applicationRetention(tx.now);
      const items = [];
      for (const a of page.items) items.push(await this.shown(tx, a, rule));
      tx.about({ objects: items.map(({ id, version }) => ({ t: 'asb-application', id, ver: String(version) })) });
      return { ...page, items, rule: rule ? ruleOf(rule) : null };
    });
  }

  one(call: Call, id: string) {
    const act = {
      action: 'asb-application.list-kept',
      call,
      objects: [{ t: 'asb-application' as const, id }],
    } as const;
    return this.unit.read(act, async (tx) => {
      const application = await kept.keptApplication(tx, id);
      demand(tx.actor, act.action);
      return this.shown(tx, application, this.kinds.applicationRetention(tx.now));
    });
  }

  async erase(call: Call, id: string) {
    const act = { action: 'asb-application.erase', call, objects: [{ t: 'asb-application' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const stream = await tx.lock(id);
      const application = await kept.keptApplication(tx, id);
      expectVersion(call, 'asb-application', application.version);
      demand(tx.actor, act.action);
      if (application.erasedAt) throw new IllegalTransition('asb-application.erased', 'It is erased already', 'erased');
      const rule = this.kinds.applicationRetention(tx.now);
      const until = rule ? await this.until(tx, application, rule) : null;
      if (!rule || until === null || until >= civilDate(tx.now))
        throw new RuleBroken('asb-application.kept', 'It is still to be kept');
      await kept.eraseApplication(tx, application);
      const what = { applicationId: id, ownerOrg: tx.actor.orgId!, what: 'erased' } as const;
      stream.publish(AsbApplicationChanged, what);
      tx.about({ rule: `${rule.id}@${rule.version}`, decision: 'erased', detail: { until } });
      return { id, version: application.version + 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async shown(tx: Tx, a: kept.KeptApplication, rule: ApplicationRetention | undefined) {
    const until = a.erasedAt ? null : await this.until(tx, a, rule);
    return {
      ...{ id: a.id, version: a.version, reference: a.reference, receivedAt: a.receivedAt, erasedAt: a.erasedAt },
      ...{ reviewId: a.reviewId, reviewReference: a.reviewReference, until },
      due: until !== null && until < civilDate(tx.now),
    };
  }

  /** A review that an appeal takes up again is not at its end. */
  private async until(tx: Tx, a: kept.KeptApplication, rule: ApplicationRetention | undefined): Promise<string | null> {
    if (!rule) return null;
    const kind = a.kind && (await this.kinds.of(tx, a.kind));
    const over = kind?.states.find(({ code }) => code === a.state)?.final === true;
    return keptUntil({ ...a, closedAt: over ? a.since : null }, rule);
  }
}

const ruleOf = ({ id, version, source, verified, setAside, closed }: ApplicationRetention) => ({
  ...{ id, version, source, verified, setAside, closed },
});
