import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { AsbApplicationChanged, IllegalTransition, Invalid, newId, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, NotFound, Peers, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { PAGE, sheetOf } from '../paged';
import { recordedBy } from '../reviews/changing';
import { SheetDto } from '../reviews/reviews.dto';
import { ReviewsService } from '../reviews/reviews.service';
import { ApplyDto, RegisterApplicationDto, SetAsideDto } from './applications.dto';
import * as kept from './applications.repository';

interface Settled {
  readonly what: 'registered' | 'set-aside';
  readonly reviewId?: string;
  readonly areaId?: string;
}

/** Takes applications for ASB case reviews from anybody, and makes reviews of them. */
@Injectable()
export class ApplicationsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly peers: Peers,
    private readonly reviews: ReviewsService,
  ) {}

  /** Bodies that can be applied to, by name, for the public form. */
  async bodies(call: Call) {
    const { organisations } = await this.peers.get<{
      organisations: readonly { readonly id: string; readonly name: string }[];
    }>('reviews', 'identity', '/organisations');
    return this.unit.read({ action: 'asb-application.offer', call }, async (tx) => {
      demand(tx.actor, 'asb-application.offer');
      const asked = await kept.bodiesAsked(tx);
      return { bodies: organisations.filter(({ id }) => asked.includes(id)).map(({ id, name }) => ({ id, name })) };
    });
  }

  /** From the public form, or by a coordinator to whom it was told. */
  async receive(call: Call) {
    const done = await this.unit.run({ action: 'asb-application.receive', call }, async (tx) => {
      demand(tx.actor, 'asb-application.receive');
      const { ownerOrg: asked, ...document } = valid(ApplyDto, call.body);
      const told = tx.actor.kind === 'user';
      const ownerOrg = told ? tx.actor.orgId : asked;
      const problems = problemsOf(document, civilDate(tx.now));
      if (!ownerOrg || (!told && !(await kept.bodiesAsked(tx)).includes(ownerOrg)))
        problems.unshift({ field: 'ownerOrg', code: 'required', message: 'Choose the council' });
      if (problems.length > 0) throw new Invalid(problems);
      const application = {
        ...{ id: newId(), reference: await kept.nextApplication(tx), ownerOrg: ownerOrg!, document },
        channel: told ? ('told' as const) : ('online' as const),
      };
      await kept.keepApplication(tx, application);
      const what = { applicationId: application.id, ownerOrg: application.ownerOrg, what: 'received' } as const;
      tx.open(application.id).publish(AsbApplicationChanged, what);
      tx.about({ objects: [{ t: 'asb-application', id: application.id, ver: '1' }], decision: application.channel });
      return { id: application.id, version: 1, reference: application.reference };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** What waits for the coordinators, a page of it, the oldest first. */
  list(call: Call) {
    return this.unit.read({ action: 'asb-application.list', call }, async (tx) => {
      demand(tx.actor, 'asb-application.list');
      const { page = 1 } = valid(SheetDto, call.query);
      const items = await kept.waitingApplications(tx, (page - 1) * PAGE, PAGE);
      tx.about({ objects: items.map(({ id, version }) => ({ t: 'asb-application', id, ver: String(version) })) });
      return { items, ...sheetOf(await kept.countWaiting(tx), page) };
    });
  }

  /** One that waits. */
  one(call: Call, id: string) {
    const act = { action: 'asb-application.list', call, objects: [{ t: 'asb-application' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const application = await kept.visibleApplication(tx, id);
      demand(tx.actor, act.action);
      if (application.reviewId || application.setAside) throw new NotFound('asb-application');
      tx.about({ objects: [{ t: 'asb-application', id, ver: String(application.version) }] });
      return application;
    });
  }

  /** Makes a review of it, with the day on which it came and the complaints that it names in the ledger. */
  register(call: Call, id: string) {
    return this.settle(call, id, 'asb-application.register', async (tx, application) => {
      const { kind, areaId } = valid(RegisterApplicationDto, call.body);
      const area = areaId ? { areaId } : {};
      const { about, complaints = [] } = application.document;
      const on = civilDate(new Date(application.receivedAt));
      const ledger = complaints.map((c) => ({ id: newId(), ...c, complainant: 'The applicant', ...recordedBy(tx) }));
      const dto = { kind, about, notifier: `The applicant, ${application.reference}`, ...area };
      const review = await this.reviews.begin(tx, { ...dto, dates: [{ code: 'application', date: on }] }, ledger);
      await kept.settleApplication(tx, application, { reviewId: review.id });
      tx.about({ objects: [{ t: 'review', id: review.id, ver: '1' }] });
      return { reviewId: review.id, what: 'registered' as const, ...area };
    });
  }

  /** Not an application for a review: sent twice, or by mistake. Why is kept. */
  setAside(call: Call, id: string) {
    return this.settle(call, id, 'asb-application.set-aside', async (tx, application) => {
      const { reason } = valid(SetAsideDto, call.body);
      await kept.settleApplication(tx, application, { setAside: reason });
      return { what: 'set-aside' as const };
    });
  }

  private async settle(
    call: Call,
    id: string,
    action: 'asb-application.register' | 'asb-application.set-aside',
    work: (tx: Tx, application: kept.Application) => Promise<Settled>,
  ) {
    const done = await this.unit.run({ action, call, objects: [{ t: 'asb-application', id }] }, async (tx) => {
      const stream = await tx.lock(id);
      const application = await kept.visibleApplication(tx, id);
      expectVersion(call, 'asb-application', application.version);
      demand(tx.actor, action);
      if (application.reviewId ?? application.setAside)
        throw new IllegalTransition('asb-application.settled', 'This is settled', 'settled');
      const { reviewId, ...what } = await work(tx, application);
      stream.publish(AsbApplicationChanged, { applicationId: id, ownerOrg: application.ownerOrg, ...what });
      return { id, version: application.version + 1, ...(reviewId ? { reviewId } : {}) };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

const BEFORE = 'The complaint is dated before the behaviour: correct one of the dates';

/** What is wrong beside the form of its fields: consent of whom it is for, and dates to come. */
function problemsOf(dto: Omit<ApplyDto, 'ownerOrg'>, today: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (dto.appliesFor === 'other') {
    if (!dto.appliedBy?.trim()) problems.push({ field: 'appliedBy', code: 'required', message: 'Enter your own name' });
    if (!dto.consent)
      problems.push({ field: 'consent', code: 'required', message: 'They must have agreed that you ask for them' });
  }
  (dto.complaints ?? []).forEach(({ behaviourOn, complainedOn }, i) => {
    const future = { code: 'in-future', message: 'The date must be today or earlier' };
    if (behaviourOn > today) problems.push({ field: `complaints.${i}.behaviourOn`, ...future });
    if (complainedOn > today) problems.push({ field: `complaints.${i}.complainedOn`, ...future });
    // It would count for nothing in the ledger, and only whoever applies knows which of the dates is wrong.
    else if (behaviourOn <= today && complainedOn < behaviourOn)
      problems.push({ field: `complaints.${i}.complainedOn`, code: 'out-of-order', message: BEFORE });
  });
  return problems;
}
