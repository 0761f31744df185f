import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { AccessRequestChanged, Invalid, newId, NotFound, type Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { dueOn, itemProblems, mustBe, received, release, step, type AccessRequest } from '../access-request';
import { Practice } from '../practice';
import { DecideItemDto, FindPersonDto, ListRequestsDto, RecordRequestDto, TakeStepDto } from './access-requests.dto';
import {
  changeRequest,
  decideItem,
  itemCount,
  itemsOf,
  keepRequest,
  peopleToAnswer,
  requestById,
  requestsOf,
  stepsOf,
  type RequestRow,
} from './access-requests.repository';

/** Steps that keep somebody waiting or send work back: they are not taken without saying why. */
const REASONED = ['ask', 'extend', 'return', 'close'];

/**
 * Requests for what is held about somebody, answered by the information governance leads of the area. What is found is decided
 * about item by item, never for all; a second person releases it. Who answers does not see the cases themselves.
 */
@Injectable()
export class AccessRequestsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
  ) {}

  /** Times and grounds, as the pack in force gives them. It says nothing of anybody, so reading it leaves no entry. */
  rules() {
    return { pack: this.stamp, ...this.practice.packs.rights().accessRequest };
  }

  /** People of a name about whom the caller may answer. */
  find(call: Call) {
    return this.unit.read({ action: 'access-request.find-person', call }, async (tx) => {
      demand(tx.actor, 'access-request.find-person');
      const { given, family } = valid(FindPersonDto, call.body);
      const items = await peopleToAnswer(tx, { given, family });
      tx.about({ subjects: items.map((p) => p.id), detail: { asked: { given, family } } });
      return { items };
    });
  }

  async record(call: Call) {
    const done = await this.unit.run({ action: 'access-request.record', call }, async (tx) => {
      demand(tx.actor, 'access-request.record');
      const dto = valid(RecordRequestDto, call.body);
      const [person] = await peopleToAnswer(tx, { id: dto.personId });
      if (!person)
        throw new Invalid([{ field: 'personId', code: 'person.unknown', message: 'Choose whom it is about' }]);
      if (dto.receivedOn > civilDate(tx.now))
        throw new Invalid([{ field: 'receivedOn', code: 'future', message: 'Enter a day that is not still to come' }]);
      const id = newId();
      const { personId, requester, requesterName } = dto;
      const { areaId } = person;
      const request = received(dto.receivedOn, dto.identityProven);
      await keepRequest(tx, { ...request, id, personId, areaId, requester, requesterName, pack: this.stamp });
      tx.open(id).publish(AccessRequestChanged, { requestId: id, state: request.state });
      tx.about({ subjects: [personId], objects: [{ t: 'access-request', id, ver: '1' }], rule: this.stamp });
      return { id, version: 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }

  list(call: Call) {
    return this.unit.read({ action: 'access-request.list', call }, async (tx) => {
      demand(tx.actor, 'access-request.list');
      const page = await requestsOf(tx, valid(ListRequestsDto, call.query));
      tx.about({
        subjects: page.items.map((r) => r.personId),
        objects: page.items.map((r) => ({ t: 'access-request' as const, id: r.id })),
      });
      return { ...page, items: page.items.map((r) => this.told(r)) };
    });
  }

  view(call: Call, id: string) {
    const objects = [{ t: 'access-request' as const, id }];
    return this.unit.read({ action: 'access-request.view', call, objects }, async (tx) => {
      const row = await requestById(tx, id);
      if (!row) throw new NotFound('access-request');
      demand(tx.actor, 'access-request.view');
      const [person] = await peopleToAnswer(tx, { id: row.personId });
      tx.about({ subjects: [row.personId], items: ['held'] });
      return {
        ...this.told(row),
        person: person ? { name: person.name, births: person.births, cases: person.cases } : null,
        steps: await stepsOf(tx, id),
        items: await itemsOf(tx, id),
        mayRelease: row.state === 'prepared' && row.preparedBy !== tx.actor.id,
      };
    });
  }

  takeStep(call: Call, id: string) {
    return this.change(call, id, 'access-request.take-step', async (tx, row) => {
      const { step: what, reason } = valid(TakeStepDto, call.body);
      if (REASONED.includes(what) && reason === undefined)
        throw new Invalid([{ field: 'reason', code: 'required', message: 'Say why' }]);
      const next = step(row, what, { by: tx.actor.id, on: civilDate(tx.now), items: itemCount(row) });
      tx.about({ decision: what, detail: reason ? { reason } : {} });
      return [next, await changeRequest(tx, row, next, what, reason ?? null)];
    });
  }

  release(call: Call, id: string) {
    return this.change(call, id, 'access-request.release', async (tx, row) => {
      const next = release(row, tx.actor.id);
      return [next, await changeRequest(tx, row, next, 'release')];
    });
  }

  /** What is decided of one item, by whom and when; it can be decided again for as long as nothing is prepared. */
  decide(call: Call, id: string, itemId: string) {
    return this.change(call, id, 'access-request.decide-item', async (tx, row) => {
      const [item] = await itemsOf(tx, id, itemId);
      if (!item) throw new NotFound('access-item');
      const decision = valid(DecideItemDto, call.body);
      const problems = itemProblems(decision, this.practice.packs.rights().accessRequest.exemptions);
      if (problems.length > 0) throw new Invalid(problems);
      mustBe(row, 'open');
      await decideItem(tx, itemId, decision);
      tx.about({
        decision: decision.decision,
        ...(decision.exemption ? { justification: decision.exemption } : {}),
        rule: this.stamp,
        detail: { item: itemId, ...(decision.opinion ? { opinion: decision.opinion } : {}) },
      });
      return [row, await changeRequest(tx, row, row, 'decide')];
    });
  }

  /** The request, held to the end of the unit, for whoever may do this to it. */
  async held(tx: Tx, call: Call, id: string, action: Action): Promise<RequestRow> {
    const row = await requestById(tx, id, true);
    if (!row) throw new NotFound('access-request');
    expectVersion(call, 'access-request', row.version, ['state', 'items']);
    demand(tx.actor, action);
    tx.about({ subjects: [row.personId] });
    return row;
  }

  private async change(
    call: Call,
    id: string,
    action: Action,
    work: (tx: Tx, row: RequestRow) => Promise<readonly [AccessRequest, number]>,
  ) {
    const objects = [{ t: 'access-request' as const, id }];
    const done = await this.unit.run({ action, call, objects }, async (tx) => {
      const stream = await tx.lock(id);
      const row = await this.held(tx, call, id, action);
      const [next, version] = await work(tx, row);
      if (next.state !== row.state) stream.publish(AccessRequestChanged, { requestId: id, state: next.state });
      return { id, version, state: next.state };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private told(row: RequestRow) {
    return { ...row, dueOn: dueOn(row, this.practice.packs.rights().accessRequest) };
  }

  /** `pack@version/rights@version`: which rules a request followed. */
  private get stamp(): string {
    const { packs } = this.practice;
    return `${packs.version}/rights@${packs.rights().version}`;
  }
}
