import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { nameId, RelationshipChanged, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Invalid, RuleBroken, valid, type Call } from '@concordat/platform';
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
import { corrected, differs, leftAsItIs, readRow, recordedLate, wrongRow } from '../imported-row';
import { peopleSeen } from '../people-seen.repository';
import { changingOrgs, visiblePerson } from '../people.repository';
import {
  correctRelationship,
  isRelated,
  keepRelationship,
  relationshipsBroughtIn,
  type Relationship,
} from '../relationships.repository';
import { holdSource } from './case-rows.repository';
import { peopleBroughtIn, type PersonKnown } from './person-rows.repository';
import {
  ImportedRelationshipDto,
  relationshipCorrection,
  relationshipMisfits,
  relationshipOrigin,
} from './relationship-row';

/**
 * How people are related, from another system: people whom the same agency brought in from it before. Somebody who was merged since
 * is the record that stands for them.
 */
@Injectable()
export class RelationshipRows {
  constructor(
    private readonly unit: UnitOfWork,
    acts: ImportActs,
  ) {
    acts.bring('relationships', {
      check: (tx, rows, file) => this.check(tx, rows, file),
      bringIn: (call, row, work) => this.bringIn(call, row, work),
    });
  }

  private async check(tx: Tx, rows: readonly FileRow[], { source }: FileOrigin): Promise<CheckedRow[]> {
    const today = civilDate(tx.now);
    const called = rows.flatMap(({ cells }) => [cells['person'], cells['other']]);
    const records = called.filter((each): each is string => typeof each === 'string');
    const people = await seenPeople(tx, source!, [...new Set(records)]);
    const ids = rows.map(({ cells }) => idOf(tx, source!, String(cells['record'])));
    const known = new Map((await relationshipsBroughtIn(tx, ids)).map((r) => [r.id, r]));
    const twice = repeated(rows);
    return rows.map(({ number, cells }, i) => {
      const { dto, problems } = readRow('relationships', ImportedRelationshipDto, cells);
      if (dto) problems.push(...relationshipMisfits(dto, today), ...recordedLate(dto.recordedOn, today));
      for (const field of ['person', 'other'])
        if (!people.has(String(cells[field])) && !problems.some((p) => p.field === field))
          problems.push({ ...NOBODY, field });
      problems.push(...[twice.get(number) ?? []].flat());
      const caseId = people.get(String(cells['person']))?.caseId ?? null;
      if (problems.length > 0 || !dto) return wrongRow(number, problems, caseId);
      const before = known.get(ids[i]!);
      const [personId, otherId] = [people.get(dto.person)!.personId, people.get(dto.other)!.personId];
      const columns = before
        ? [
            ...otherPeople(before, { personId, otherId }),
            ...relationshipCorrection(before, relationshipOrigin(dto, source!)).otherwise,
          ]
        : [];
      const code = !before ? null : columns.length > 0 ? 'import.already-otherwise' : 'import.there-already';
      return {
        number,
        caseId,
        entryId: personId,
        state: 'ready',
        code,
        problems: differs(columns),
        content: { ...dto },
      };
    });
  }

  private async bringIn(call: Call, row: ReadyRow, { id: importId, source }: ImportUnderWay): Promise<Brought> {
    const objects = [{ t: 'import' as const, id: importId }];
    const action = row.corrects ? 'person.relate' : 'relationship.bring-in';
    const done = await this.unit.run({ action, call, objects }, async (tx): Promise<Outcome> => {
      if (!source) throw new RuleBroken('import.no-source', 'It is not known where this comes from');
      const dto = valid(ImportedRelationshipDto, call.body);
      await holdSource(tx, source);
      const people = await seenPeople(tx, source, [dto.person, dto.other]);
      const [person, other] = [people.get(dto.person), people.get(dto.other)];
      if (!person || !other) throw new Invalid([{ ...NOBODY, field: person ? 'other' : 'person' }]);
      const personId = person.personId;
      const seen = await visiblePerson(tx, personId);
      demand(tx.actor, action, { orgs: changingOrgs(tx, seen) });
      if (personId === other.personId) throw new RuleBroken('person.same', 'They are one person here');
      tx.about({ subjects: [personId, other.personId], objects: [{ t: 'person', id: personId }] });
      const id = idOf(tx, source, dto.record);
      const said = relationshipOrigin(dto, source);
      const told = { id, personId, otherId: other.personId, ...said.said };
      const [before] = await relationshipsBroughtIn(tx, [id]);
      if (before) return this.again(tx, before, { told, said, corrects: row.corrects });
      if (said.said.until === null && (await isRelated(tx, personId, other.personId, told.kind)))
        return { personId, state: 'unchanged', columns: [] };
      await keepRelationship(tx, told, said);
      await publish(tx, told);
      return { personId, state: 'added', columns: [] };
    });
    const { personId, state, code, columns } = done.value;
    if (code) return leftAsItIs(code, personId, columns);
    return state === 'corrected' ? corrected(row.caseId!, personId, columns) : { state: state!, recordId: personId };
  }

  /** One that was brought in before. */
  private async again(
    tx: Tx,
    before: Awaited<ReturnType<typeof relationshipsBroughtIn>>[number],
    { told, said, corrects }: { told: Relationship; said: ReturnType<typeof relationshipOrigin>; corrects: boolean },
  ): Promise<Outcome> {
    const { personId } = before;
    const others = otherPeople(before, told);
    const { otherwise, changedHere, toChange } = relationshipCorrection(before, said);
    if (otherwise.length === 0 && others.length === 0) return { personId, state: 'unchanged', columns: [] };
    if (!corrects) return { personId, code: 'import.already-otherwise', columns: [...others, ...otherwise] };
    if (others.length > 0) return { personId, code: 'import.correct-here', columns: others };
    if (changedHere.length > 0) return { personId, code: 'import.changed-here', columns: changedHere };
    const now = (column: 'since' | 'until') => (toChange.includes(column) ? said.said[column] : before[column]);
    const kind = toChange.includes('relationship') ? said.said.kind : before.kind;
    const next = { ...before, kind, since: now('since'), until: now('until') };
    await correctRelationship(tx, next, said);
    await publish(tx, next);
    return { personId, state: 'corrected', columns: otherwise };
  }
}

interface Outcome {
  readonly personId: string;
  readonly state?: 'added' | 'corrected' | 'unchanged';
  readonly code?: Parameters<typeof leftAsItIs>[0];
  readonly columns: readonly string[];
}

/** Of whom a row is that is of others than before. */
const otherPeople = (
  before: Pick<Relationship, 'personId' | 'otherId'>,
  now: Pick<Relationship, 'personId' | 'otherId'>,
): string[] => [
  ...(before.personId === now.personId ? [] : ['person']),
  ...(before.otherId === now.otherId ? [] : ['other']),
];

async function publish(tx: Tx, { id: relationshipId, personId, otherId, kind, until }: Relationship): Promise<void> {
  const stream = await tx.lock(personId);
  stream.publish(RelationshipChanged, { relationshipId, personId, otherId, kind, ended: until !== null });
}

/** People whom the caller's agency brought in under these records, as far as the caller sees them now. */
async function seenPeople(tx: Tx, source: string, records: readonly string[]): Promise<Map<string, PersonKnown>> {
  const known = await peopleBroughtIn(tx, source, records);
  const seen = new Set((await peopleSeen(tx, [...new Set(known.map((k) => k.personId))])).map((p) => p.id));
  return new Map([...known].reverse().flatMap((k) => (seen.has(k.personId) ? [[k.record, k] as const] : [])));
}

/** Made of who brings it in and what it is called there: brought in twice it is there once. */
const idOf = (tx: Tx, source: string, record: string): string =>
  nameId(`import/${tx.actor.orgId}/${source}/relationship/${record}`);

/** Absent and hidden look alike. */
const NOBODY: FieldProblem = {
  ...{ field: 'person', code: 'person.unknown' },
  message: 'This must be somebody whom your agency brought in from this system',
};
