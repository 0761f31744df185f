import type { Received } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { changesOf } from './count';
import { countsOf } from './counting';
import {
  addChanges,
  generations,
  keepPlaced,
  keepRecords,
  placedIn,
  recordsOf,
  type CountedRecord,
} from './counts.repository';
import { caseOf, placing, tellingsOf, together, type Telling, type Told } from './told';

/** Keeps the numbers: what is told of a record is added to what is known of it, and only the difference is counted. */
@Injectable()
export class CountsService {
  /** Counts what events tell in the numbers that stand, and in those that are being counted anew. */
  async hear(tx: Tx, events: readonly Received[]): Promise<void> {
    const tellings = events.flatMap(tellingsOf);
    if (tellings.length === 0) return;
    for (const generation of await generations(tx)) await this.count(tx, generation, tellings);
  }

  /** Counts in one generation. Told again, or in another order, it comes to the same. */
  async count(tx: Tx, generation: number, tellings: readonly Telling[]): Promise<void> {
    const told = byRecord([...tellings, ...(await this.placings(tx, generation, tellings))]);
    const keys = [...told.values()];
    const known = new Map((await recordsOf(tx, generation, keys)).map((record) => [keyOf(record), record.told]));
    const records = keys.map(({ kind, id, told: more }): CountedRecord & { before: readonly Told[] } => {
      const before = known.get(keyOf({ kind, id })) ?? [];
      return { kind, id, before, told: together(before, more) };
    });
    const changed = records.filter(({ before, told: after }) => after.length > before.length);
    if (changed.length === 0) return;
    const changes = changesOf(
      changed.flatMap(({ kind, before }) => countsOf(kind, before)),
      changed.flatMap(({ kind, told: after }) => countsOf(kind, after)),
    );
    await keepRecords(tx, generation, changed);
    await addChanges(tx, generation, changes);
  }

  /**
   * In which area records are that are about a case: told by the case, which is of another context, and so may come before or after
   * them. Whichever comes last finds the other.
   */
  private async placings(tx: Tx, generation: number, tellings: readonly Telling[]): Promise<Telling[]> {
    const about = tellings.flatMap((telling) => {
      const caseId = caseOf(telling);
      return caseId === null ? [] : [{ caseId, kind: telling.kind, id: telling.recordId }];
    });
    if (about.length > 0) await keepPlaced(tx, generation, about);
    const opened = tellings.filter(({ kind }) => kind === 'case').map(({ recordId }) => recordId);
    const known = about.map(({ caseId }) => ({ kind: 'case' as const, id: caseId }));
    const cases = known.length > 0 ? await recordsOf(tx, generation, known) : [];
    const places = new Map<string, Told>();
    for (const { id, told } of [...cases, ...byRecord(tellings.filter(({ kind }) => kind === 'case')).values()])
      for (const each of told) {
        const place = placing('case', each);
        if (place) places.set(id, place);
      }
    const placed = opened.length > 0 ? await placedIn(tx, generation, opened) : [];
    return [...about, ...placed].flatMap(({ caseId, kind, id }) => {
      const told = places.get(caseId);
      return told ? [{ kind, recordId: id, told }] : [];
    });
  }
}

const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind}/${id}`;

function byRecord(tellings: readonly Telling[]): Map<string, CountedRecord & { told: Told[] }> {
  const found = new Map<string, CountedRecord & { told: Told[] }>();
  for (const { kind, recordId: id, told } of tellings) {
    const record = found.get(keyOf({ kind, id }));
    if (record) record.told.push(told);
    else found.set(keyOf({ kind, id }), { kind, id, told: [told] });
  }
  return found;
}
