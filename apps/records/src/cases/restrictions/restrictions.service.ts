import { demand } from '@concordat/access';
import { addDays, civilDate } from '@concordat/clocks';
import { Invalid, newId, NotFound, type Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Practice } from '../../practice';
import { publishRestriction } from '../../restricting';
import { mustBeLive, termsProblems, type Terms } from '../../restriction';
import { demandNamed, noteRestriction, restrictedCase, restrictedPerson, type Restricted } from './restricted';
import { ChangeRestrictionDto, LiftRestrictionDto, RestrictDto } from './restrictions.dto';
import {
  keepRestriction,
  keepStep,
  liftRestriction,
  nameStaff,
  partakersOf,
  restrictionForChange,
  reviseRestriction,
  staffOf,
  type RestrictionRow,
} from './restrictions.repository';

/** Restricts cases and people to named staff. From its commit on no query of this context shows them to anybody else. */
@Injectable()
export class RestrictionsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
  ) {}

  restrictCase(call: Call, id: string) {
    return this.make(call, { t: 'case', id }, (tx) => restrictedCase(tx, id));
  }

  restrictPerson(call: Call, id: string) {
    return this.make(call, { t: 'person', id }, (tx) => restrictedPerson(tx, id));
  }

  /** Other staff are named, or the review is moved. */
  change(call: Call, id: string) {
    return this.changing(call, id, 'restriction.change', async (tx, row, on) => {
      const dto = valid(ChangeRestrictionDto, call.body);
      await this.demandTerms(tx, dto, on);
      mustBeLive(row);
      await noteRestriction(tx, on, 'restriction-changed');
      await keepStep(tx, id, row.version + 1, { what: 'changed', ...dto });
      await reviseRestriction(tx, id, dto.reviewOn);
      await nameStaff(tx, id, dto.named);
      tx.about({ detail: { reason: dto.reason, before: row.named, after: dto.named } });
    });
  }

  lift(call: Call, id: string) {
    return this.changing(call, id, 'restriction.lift', async (tx, row, on) => {
      const { reason } = valid(LiftRestrictionDto, call.body);
      mustBeLive(row);
      await noteRestriction(tx, on, 'restriction-lifted');
      await keepStep(tx, id, row.version + 1, { what: 'lifted', reason });
      await liftRestriction(tx, id);
      tx.about({ detail: { reason } });
    });
  }

  private async make(call: Call, object: { t: 'case' | 'person'; id: string }, find: (tx: Tx) => Promise<Restricted>) {
    const done = await this.unit.run({ action: 'restriction.make', call, objects: [object] }, async (tx) => {
      const on = await find(tx);
      expectVersion(call, on.t, on.version);
      demandNamed(on);
      demand(tx.actor, 'restriction.make', { orgs: on.cases.map((c) => c.leadOrg) });
      const { kind: code, ...terms } = valid(RestrictDto, call.body);
      const kind = this.practice.packs.restrictions().kinds.find((k) => k.code === code);
      if (!kind) throw new Invalid([{ field: 'kind', code: 'not-in-list', message: 'Choose why it is restricted' }]);
      await this.demandTerms(tx, terms, on);
      await noteRestriction(tx, on, 'restricted');
      const id = newId();
      await keepRestriction(tx, {
        ...{ id, kind: code, trace: kind.trace, reason: terms.reason, reviewOn: terms.reviewOn },
        ...{ caseId: on.t === 'case' ? on.id : null, personId: on.t === 'person' ? on.id : null },
        pack: this.stamp,
      });
      await keepStep(tx, id, 1, { what: 'set', ...terms });
      await nameStaff(tx, id, terms.named);
      await publishRestriction(tx, id, tx.open(id));
      tx.about({
        ...told(on),
        decision: code,
        rule: this.stamp,
        detail: { reason: terms.reason, named: terms.named, reviewOn: terms.reviewOn },
      });
      tx.about({ objects: [{ t: 'restriction', id, ver: '1' }] });
      return { id, version: 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async changing(
    call: Call,
    id: string,
    action: Action,
    work: (tx: Tx, row: RestrictionRow, on: Restricted) => Promise<void>,
  ) {
    const done = await this.unit.run({ action, call, objects: [{ t: 'restriction', id }] }, async (tx) => {
      const stream = await tx.lock(id);
      const row = await restrictionForChange(tx, id);
      if (!row) throw new NotFound('restriction');
      const on = await (row.caseId ? restrictedCase(tx, row.caseId) : restrictedPerson(tx, row.appliesTo ?? ''));
      expectVersion(call, 'restriction', row.version, ['named', 'reviewOn']);
      demandNamed(on);
      demand(tx.actor, action, { orgs: on.cases.map((c) => c.leadOrg) });
      tx.about({ ...told(on) });
      await work(tx, row, on);
      await publishRestriction(tx, id, stream);
      return { id, version: row.version + 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async demandTerms(tx: Tx, terms: Terms, on: Restricted): Promise<void> {
    const orgs = await partakersOf(
      tx,
      on.cases.map((c) => c.id),
    );
    const today = civilDate(tx.now);
    const latest = addDays(today, this.practice.packs.restrictions().reviewWithinDays);
    const problems = termsProblems(terms, await staffOf(tx, orgs), tx.actor.orgId ?? '', { today, latest });
    if (problems.length > 0) throw new Invalid(problems);
  }

  /** `pack@version/restrictions@version`: which rules a restriction followed. */
  private get stamp(): string {
    const { packs } = this.practice;
    return `${packs.version}/restrictions@${packs.restrictions().version}`;
  }
}

const told = (on: Restricted) => ({
  subjects: on.t === 'person' ? [on.id] : [],
  objects: [{ t: on.t, id: on.id }],
});
