import { demand } from '@concordat/access';
import { MergeUndone, newId, PeopleMerged } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import {
  Conflict,
  Forbidden,
  IllegalTransition,
  Invalid,
  NotFound,
  RuleBroken,
  valid,
  type Call,
} from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { personToChange } from '../changing';
import { shownTo, withheldFrom, type Looker } from '../confidential';
import { choiceProblems, keepingFirst, merged, nhsNumbersConflict, unmerged } from '../merge';
import {
  changingOrgs,
  lockedPerson,
  lookerAt,
  refreshCaseNames,
  replaceDetails,
  tellCasesOf,
  visiblePerson,
  type PersonRow,
} from '../people.repository';
import { differing, type PersonDetails } from '../person';
import { followPeople } from '../restricting';
import { indexPerson, unindexPerson } from '../person-index';
import { SamePerson } from '../same-person';
import { MergeDto, UndoMergeDto } from './duplicates.dto';
import { asideOf, keepMerge, mergesInto, movePlaces, standAside, undoPlaces, type Merge } from './merges.repository';

/**
 * Two records of one person become one, by a person's decision, value by value; and two again, if it was wrong. Whoever sees
 * either record sees the one person afterwards, so the act names every agency that does.
 */
@Injectable()
export class MergesService {
  constructor(
    private readonly unit: UnitOfWork,
    same: SamePerson,
  ) {
    same.bring({ merge: (call, keptId, otherId, importId) => this.broughtIn(call, keptId, otherId, importId) });
  }

  /** What was merged into a person, and what was undone: who chose which values, and what was discarded (DUP-3). */
  list(call: Call, id: string) {
    return this.unit.read({ action: 'person.view', call, objects: [{ t: 'person', id }] }, async (tx) => {
      const person = await visiblePerson(tx, id);
      demand(tx.actor, 'person.view');
      const items = await mergesInto(tx, id);
      tx.about({ subjects: [id, ...items.map((m) => m.mergedId)], items: ['merges'] });
      return { id, version: person.version, items: items.map((m) => told(m, lookerAt(tx, person))) };
    });
  }

  /** The person in the address stays; the other stands aside, and leaves later checks (DUP-4). One event. */
  async merge(call: Call, id: string) {
    const act = { action: 'person.merge', call, objects: [{ t: 'person' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const [kept, other, dto] = await this.both(tx, id);
      return carryOut(tx, kept, other, dto);
    });
    return { ...done.value, receipt: done.receipt };
  }

  /**
   * The same of somebody who was brought in, found by whoever looked at the dry run: the record that was here stays, with what the
   * other adds to its lists. Throws NotFound for one who is not visible.
   */
  private async broughtIn(call: Call, keptId: string, otherId: string, importId: string) {
    const objects = [
      { t: 'person' as const, id: keptId },
      { t: 'import' as const, id: importId },
    ];
    await this.unit.run({ action: 'person.merge', call, objects }, async (tx) => {
      // In one order whoever asks, as in `both`.
      const [first, second] = [keptId, otherId].sort() as [string, string];
      const locked = [await lockedPerson(tx, first), await lockedPerson(tx, second)];
      const kept = locked.find((p) => p.id === keptId)!;
      const other = locked.find((p) => p.id === otherId)!;
      for (const each of [kept, other]) demand(tx.actor, 'person.merge', { orgs: changingOrgs(tx, each) });
      const choices = keepingFirst(
        shownTo(lookerAt(tx, kept), kept.content),
        shownTo(lookerAt(tx, other), other.content),
      );
      return carryOut(tx, kept, other, { choices, reason: WHEN_BROUGHT_IN });
    });
  }

  /** Both stand as before; what was corrected since on the one that stayed is later work, and stands (DUP-5). */
  async undo(call: Call, id: string, mergeId: string) {
    const act = { action: 'person.separate', call, objects: [{ t: 'person' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      await visiblePerson(tx, id);
      const merge = await mergeOf(tx, id, mergeId);
      const kept = await personToChange(tx, id, 'person.separate');
      if (!merge.mine) throw new Forbidden('person.forbidden', 'You may not do this', ['organisation.not-entitled']);
      const { reason } = valid(UndoMergeDto, call.body);
      if (merge.undoneAt !== null) throw new IllegalTransition('merge.undone', 'This is undone already', 'undone');
      const later = (await mergesInto(tx, id)).find((m) => m.undoneAt === null && m.at > merge.at);
      if (later) throw new RuleBroken('merge.later', 'Another record was merged later. Undo that first');
      const before = unmerged(merge.survivorBefore, merge.survivorAfter, kept.content);
      const stream = await tx.lock(id);
      const version = await replaceDetails(tx, kept, before, 'separated');
      const aside = await asideOf(tx, merge.mergedId);
      await replaceDetails(tx, aside, merge.mergedBefore, 'separated');
      await undoPlaces(tx, mergeId, reason);
      await standAside(tx, merge.mergedId, null);
      await refreshCaseNames(tx, id);
      await refreshCaseNames(tx, merge.mergedId);
      for (const each of [id, merge.mergedId]) await tellCasesOf(tx, each, 'merge-undone');
      indexPerson(tx, id, before);
      indexPerson(tx, merge.mergedId, merge.mergedBefore);
      stream.publish(MergeUndone, { mergeId, survivorId: id, mergedId: merge.mergedId });
      await followPeople(tx, [id, merge.mergedId]);
      tx.about({ subjects: [id, merge.mergedId], items: differing(kept.content, before), detail: { reason } });
      return { id: mergeId, survivorId: id, mergedId: merge.mergedId, version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Both records, locked in one order whoever asks, visible and the caller's to change, of the versions that were looked at. */
  private async both(tx: Tx, id: string): Promise<[PersonRow, PersonRow, MergeDto]> {
    await visiblePerson(tx, id);
    const asked = (tx.call.body ?? {}) as { otherId?: unknown };
    if (typeof asked.otherId === 'string' && asked.otherId < id) await lockedPerson(tx, asked.otherId).catch(ignored);
    const kept = await personToChange(tx, id, 'person.merge');
    const dto = valid(MergeDto, tx.call.body);
    if (dto.otherId === id)
      throw new Invalid([{ field: 'otherId', code: 'person.same', message: 'Choose another person' }]);
    const other = await lockedPerson(tx, dto.otherId).catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
      throw new Invalid([{ field: 'otherId', code: 'person.unknown', message: 'Choose a person whom you may see' }]);
    });
    if (other.version !== dto.otherVersion)
      throw new Conflict('person.changed', 'Somebody else changed the other record first', {
        currentVersion: kept.version,
      });
    demand(tx.actor, 'person.merge', { orgs: changingOrgs(tx, other) });
    return [kept, other, dto];
  }
}

const WHEN_BROUGHT_IN = 'Found to be the same person when the record was brought in from another system';

/** Merges two records that are locked and the caller's to change. Throws Invalid for choices that do not fit them. */
async function carryOut(
  tx: Tx,
  kept: PersonRow,
  other: PersonRow,
  dto: Pick<MergeDto, 'choices' | 'reason'>,
): Promise<{ id: string; survivorId: string; mergedId: string; version: number }> {
  const { id } = kept;
  const [ofKept, ofOther] = [lookerAt(tx, kept), lookerAt(tx, other)];
  const problems = choiceProblems(shownTo(ofKept, kept.content), shownTo(ofOther, other.content), dto.choices);
  if (problems.length > 0) throw new Invalid(problems);
  if (nhsNumbersConflict(kept.content, other.content))
    throw new RuleBroken('merge.nhs-numbers-differ', 'They have different NHS numbers, so they are two people');
  const after = merged(kept.content, other.content, dto.choices, [
    ...withheldFrom(ofKept, kept.content),
    ...withheldFrom(ofOther, other.content),
  ]);
  const mergeId = newId();
  const stream = await tx.lock(id);
  const version = await replaceDetails(tx, kept, after, 'merged');
  await replaceDetails(tx, other, other.content, 'merged');
  await unindexPerson(tx, other.id);
  await standAside(tx, other.id, id);
  const places = await movePlaces(tx, id, other.id);
  await keepMerge(tx, {
    ...{
      id: mergeId,
      survivorId: id,
      mergedId: other.id,
      choices: dto.choices,
      reason: dto.reason ?? null,
      places,
    },
    ...{ survivorBefore: kept.content, mergedBefore: other.content, survivorAfter: after },
  });
  await refreshCaseNames(tx, id);
  await tellCasesOf(tx, id, 'people-merged');
  indexPerson(tx, id, after);
  stream.publish(PeopleMerged, { mergeId, survivorId: id, mergedId: other.id });
  await followPeople(tx, [id, other.id]);
  tx.about({
    subjects: [id, other.id],
    items: differing(kept.content, after),
    recipients: places.organisations.map((org) => ({ org })),
    detail: { choices: dto.choices, kept: kept.content, other: other.content },
  });
  return { id: mergeId, survivorId: id, mergedId: other.id, version };
}

const ignored = (error: unknown): void => {
  if (!(error instanceof NotFound)) throw error; // it is said where it belongs
};

async function mergeOf(tx: Tx, survivorId: string, mergeId: string): Promise<Merge> {
  const found = (await mergesInto(tx, survivorId)).find((m) => m.id === mergeId);
  if (!found) throw new NotFound('merge');
  return found;
}

function told({ survivorBefore, mergedBefore, survivorAfter, mine: _mine, ...m }: Merge, looker: Looker) {
  const [own, other, kept] = [survivorBefore, mergedBefore, survivorAfter].map((d) => shownTo(looker, d)) as [
    PersonDetails,
    PersonDetails,
    PersonDetails,
  ];
  const parts = differing(own, other).map((part) => ({
    part,
    this: own[part] ?? null,
    other: other[part] ?? null,
    kept: kept[part] ?? null,
  }));
  return { ...m, parts };
}
