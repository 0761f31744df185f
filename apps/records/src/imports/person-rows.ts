import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { newId, PersonJoinedCase } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Problem, RuleBroken, Unavailable, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import {
  ImportActs,
  type Brought,
  type CheckedRow,
  type FileOrigin,
  type ImportUnderWay,
  type ReadyRow,
} from '../import-acts';
import { repeated, type FileRow } from '../imported-file';
import { corrected, differs, leftAsItIs, NO_CASE, readRow, recordedLate, wrongRow } from '../imported-row';
import { casesByReference } from '../origins.repository';
import { changingOrgs, lockedPerson, lookerAt, refreshCaseNames, visiblePerson } from '../people.repository';
import { peopleSeen } from '../people-seen.repository';
import { corrected as detailsFrom, type PersonChange, type PersonDetails } from '../person';
import { indexNewPeople } from '../person-index';
import { publishRestriction } from '../restricting';
import { SamePerson } from '../same-person';
import { addToTimeline } from '../timeline';
import { demandWriting, lockedCase } from '../visible-case';
import { correctPerson } from '../changing';
import { holdSource } from './case-rows.repository';
import {
  columnsOf,
  differingColumns,
  ImportedPersonDto,
  personCorrection,
  personGiven,
  personMisfits,
  saidOf,
} from './person-row';
import * as store from './person-rows.repository';

/**
 * People of cases from another system. Each is a record of its own: that somebody on record is the same was found by a person who
 * looked at the dry run, and then the two become one by the merge that there is, which can be undone.
 */
@Injectable()
export class PersonRows {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly same: SamePerson,
    acts: ImportActs,
  ) {
    acts.bring('people', {
      check: (tx, rows, file) => this.check(tx, rows, file),
      bringIn: (call, row, work) => this.bringIn(call, row, work),
    });
  }

  private async check(tx: Tx, rows: readonly FileRow[], { source }: FileOrigin): Promise<CheckedRow[]> {
    const today = civilDate(tx.now);
    const texts = (column: string): string[] => [
      ...new Set(rows.map(({ cells }) => cells[column]).filter((v): v is string => typeof v === 'string')),
    ];
    const cases = await casesByReference(tx, texts('case'), source);
    const before = await store.peopleBroughtIn(tx, source!, texts('record'));
    // Of somebody who has been closed to the caller since, the dry run knows as little as of somebody new.
    const seen = new Set((await peopleSeen(tx, [...new Set(before.map((k) => k.personId))])).map((p) => p.id));
    const known = before.filter((k) => seen.has(k.personId));
    const twice = repeated(rows);
    return rows.map(({ number, cells }) => {
      const { dto, problems } = readRow('people', ImportedPersonDto, cells, personGiven(cells));
      if (dto) problems.push(...personMisfits(dto, cells, today), ...recordedLate(dto.recordedOn, today));
      const caseId = cases.get(String(cells['case'])) ?? null;
      if (!caseId && !problems.some((p) => p.field === 'case')) problems.push(NO_CASE);
      problems.push(...[twice.get(number) ?? []].flat());
      if (problems.length > 0 || !dto || !caseId) return wrongRow(number, problems, caseId);
      const { columns, here } = compared(known, dto, caseId);
      const code = columns.length > 0 ? 'import.already-otherwise' : here ? 'import.there-already' : null;
      return {
        number,
        caseId,
        entryId: here?.personId ?? null,
        state: 'ready',
        code,
        problems: differs(columns),
        content: { ...dto },
      };
    });
  }

  private async bringIn(call: Call, row: ReadyRow, { id: importId, source }: ImportUnderWay): Promise<Brought> {
    if (row.corrects) return this.correct(call, row, { importId, source });
    const caseId = row.caseId!;
    const objects = [
      { t: 'import' as const, id: importId },
      { t: 'case' as const, id: caseId },
    ];
    const done = await this.unit.run({ action: 'person.bring-in', call, objects }, async (tx) => {
      const { row: record, stream } = await lockedCase(tx, caseId);
      demandWriting(tx, record, 'person.bring-in');
      demand(tx.actor, 'person.bring-in');
      if (!source) throw new RuleBroken('import.no-source', 'It is not known where this comes from');
      const dto = valid(ImportedPersonDto, call.body);
      await holdSource(tx, source);
      const known = await store.peopleBroughtIn(tx, source, [dto.record]);
      const { columns, here, elsewhere } = compared(known, dto, caseId);
      const there = here ?? elsewhere;
      if (there && (columns.length > 0 || here)) {
        const subject = await visiblePerson(tx, there.personId);
        tx.about({ subjects: [subject.id] });
        const state = columns.length > 0 ? ('refused' as const) : ('unchanged' as const);
        return { id: subject.id, state, columns };
      }
      if (there) await visiblePerson(tx, there.personId);
      const personId = there?.personId ?? newId();
      const [at, said] = [{ orgId: tx.actor.orgId ?? '', at: tx.now.toISOString() }, saidOf(dto)];
      const { details } = detailsFrom({}, dto.person, at);
      const roles = [...new Set(dto.role)];
      const place = { caseId, personId, roles, source, record: dto.record, said, importId };
      await store.bringInPerson(tx, { ...place, details: there ? null : details });
      if (!there) indexNewPeople(tx, [{ id: personId, content: details }]);
      await refreshCaseNames(tx, personId);
      await addToTimeline(tx, caseId, {
        at: tx.now,
        what: 'person-brought-in',
        orgId: tx.actor.orgId,
        byId: tx.actor.id,
      });
      stream.publish(PersonJoinedCase, { caseId, personId, roles });
      // Somebody who is restricted closes each case that they are in.
      for (const restriction of await store.restrictionsOf(tx, personId)) await publishRestriction(tx, restriction);
      const recipients = await store.readersOfCase(tx, caseId);
      tx.about({
        subjects: [personId],
        objects: [{ t: 'person', id: personId }],
        recipients: recipients.map((org) => ({ org })),
      });
      return { id: personId, state: 'added' as const, columns: [] };
    });
    const { id: recordId, state, columns } = done.value;
    if (state === 'refused') return { state, recordId, code: 'import.already-otherwise', problems: differs(columns) };
    return state === 'added' ? this.decided(call, row, recordId, importId) : { state, recordId };
  }

  /** Somebody who was brought in before: what the file says otherwise becomes a version of what is known of them. */
  private async correct(
    call: Call,
    row: ReadyRow,
    { importId, source }: { importId: string; source: string | null },
  ): Promise<Brought> {
    const caseId = row.caseId!;
    const objects = [
      { t: 'import' as const, id: importId },
      { t: 'case' as const, id: caseId },
    ];
    const done = await this.unit.run({ action: 'person.correct', call, objects }, async (tx) => {
      if (!source) throw new RuleBroken('import.no-source', 'It is not known where this comes from');
      const dto = valid(ImportedPersonDto, call.body);
      await holdSource(tx, source);
      const known = (await store.peopleBroughtIn(tx, source, [dto.record])).filter((k) => k.record === dto.record);
      const before = known.find((k) => k.caseId === caseId);
      // Brought into this case by another file meanwhile, or not any more: that is no correction.
      if (!before) throw new RuleBroken('import.already-otherwise', 'This person was brought in into another case');
      const person = await lockedPerson(tx, before.personId);
      demand(tx.actor, 'person.correct', { orgs: changingOrgs(tx, person) });
      const said = saidOf(dto);
      if (before.said.role.join() !== said.role.join())
        return { id: person.id, code: 'import.correct-here' as const, columns: ['role'] };
      const { changedHere, toChange } = personCorrection(before.said, said, person.content);
      if (changedHere.length > 0)
        return { id: person.id, code: 'import.changed-here' as const, columns: columnsOf(changedHere) };
      const columns = differingColumns(before.said, said, true);
      const details = dto.person as PersonDetails;
      const change = Object.fromEntries(toChange.map((part) => [part, details[part]])) as PersonChange;
      await correctPerson(tx, person, lookerAt(tx, person), change);
      await store.noteSaid(tx, { ...before, said }, source);
      tx.about({ subjects: [person.id] });
      return { id: person.id, columns };
    });
    const { id, code, columns } = done.value;
    return code ? leftAsItIs(code, id, columns) : corrected(caseId, id, columns);
  }

  /** Carries out what a person decided about somebody who has been added. What cannot be is told: the two records stand apart. */
  private async decided(
    call: Call,
    { sameAs, notThem }: ReadyRow,
    personId: string,
    importId: string,
  ): Promise<Brought> {
    const under = (what: string): Call => ({ ...call, idempotencyKey: `${call.idempotencyKey}-${what}` });
    const added = { state: 'added', recordId: personId } as const;
    try {
      if (sameAs) {
        await this.same.it.merge(under('same'), sameAs, personId, importId);
        return { ...added, recordId: sameAs };
      }
      for (const [n, other] of notThem.entries())
        await this.same.it.distinguish(under(`not-${n}`), personId, other, importId);
      return added;
    } catch (error) {
      if (!(error instanceof Problem) || error instanceof Unavailable) throw error;
      return { ...added, code: 'import.not-matched' };
    }
  }
}

/** What a row says otherwise than before, and whether its person is in this case already, or in another of that system. */
function compared(known: readonly store.PersonKnown[], dto: ImportedPersonDto, caseId: string) {
  const own = known.filter((k) => k.record === dto.record);
  const here = own.find((k) => k.caseId === caseId);
  const elsewhere = own[0];
  const before = here ?? elsewhere;
  return { here, elsewhere, columns: before ? differingColumns(before.said, saidOf(dto), before === here) : [] };
}
