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
import { homeOf, isHome, placing, tellingsOf, together, type Telling, type Told } from './told';

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
   * In which area records are that are about a case or a review: told by that, which may come before or after them. Whichever comes
   * last finds the other.
   */
  private async placings(tx: Tx, generation: number, tellings: readonly Telling[]): Promise<Telling[]> {
    const about = tellings.flatMap((telling) => {
      const home = homeOf(telling);
      return home ? [{ home, caseId: home.id, kind: telling.kind, id: telling.recordId }] : [];
    });
    if (about.length > 0) await keepPlaced(tx, generation, about);
    const homes = tellings.filter(({ kind }) => isHome(kind));
    const known = about.length > 0 ? await recordsOf(tx, generation, unique(about.map(({ home }) => home))) : [];
    const places = new Map<string, Told>();
    const before = known.flatMap(({ kind, id, told }) => told.map((each) => ({ kind, recordId: id, told: each })));
    for (const telling of [...before, ...homes]) {
      const place = placing(telling);
      if (place) places.set(telling.recordId, place);
    }
    const ids = homes.map(({ recordId }) => recordId);
    const placed = ids.length > 0 ? await placedIn(tx, generation, [...new Set(ids)]) : [];
    return [...about, ...placed].flatMap(({ caseId, kind, id }) => {
      const told = places.get(caseId);
      return told ? [{ kind, recordId: id, told }] : [];
    });
  }
}

const unique = <K extends { readonly kind: string; readonly id: string }>(keys: readonly K[]): K[] => [
  ...new Map(keys.map((key) => [keyOf(key), key])).values(),
];
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
