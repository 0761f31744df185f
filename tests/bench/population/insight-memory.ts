import type { Received } from '@concordat/contracts';
import { changesOf, type Change } from '../../../apps/insight/src/count';
import { countsOf } from '../../../apps/insight/src/counting';
import type { CountsService } from '../../../apps/insight/src/counts.service';
import { homeOf, placing, tellingsOf, together, type RecordKind, type Told } from '../../../apps/insight/src/told';
import type { Copying } from './copy';

/** What insight keeps of records that may still change, and its numbers. By its own rules; only the storage is not its own. */
export class InsightMemory {
  private readonly records = new Map<string, { kind: RecordKind; id: string; told: readonly Told[] }>();
  /** What cases and reviews tell of the records about them: here they are told of before them. */
  private readonly places = new Map<string, Told>();
  private readonly tally = new Map<string, Change>();
  private readonly rows;

  constructor(copying: Copying) {
    this.rows = {
      record: copying.into('insight.counted_record', 'generation, kind, id, told'),
      placed: copying.into('insight.placed_record', 'generation, case_id, kind, id'),
      tally: copying.into('insight.tally', 'generation, measure, day, area, kind, agency, code, n'),
    };
  }

  /** Stands in for the service of that name. */
  readonly counts = {
    hear: (_tx: unknown, events: readonly Received[]): Promise<void> => {
      for (const telling of events.flatMap(tellingsOf)) {
        const { kind, recordId: id, told } = telling;
        const known = this.records.get(`${kind}/${id}`)?.told ?? [];
        const place = placing(telling);
        if (place) this.places.set(id, place);
        const home = homeOf(telling);
        const placed = home ? this.places.get(home.id) : undefined;
        if (home && known.length === 0) this.rows.placed(1, home.id, kind, id);
        this.records.set(`${kind}/${id}`, { kind, id, told: together(known, placed ? [placed, told] : [told]) });
      }
      return Promise.resolve();
    },
  } as unknown as CountsService;

  /** Nothing more will be told of this record. */
  settle(kind: RecordKind, id: string): void {
    const record = this.records.get(`${kind}/${id}`);
    if (!record) return;
    this.records.delete(`${kind}/${id}`);
    this.rows.record(1, kind, id, JSON.stringify(record.told));
    for (const change of changesOf([], countsOf(kind, record.told))) {
      const { by, ...count } = change;
      const key = JSON.stringify(Object.values(count));
      this.tally.set(key, { ...change, by: (this.tally.get(key)?.by ?? 0) + by });
    }
  }

  /** The time is up: the numbers are written. */
  settleAll(): void {
    for (const { kind, id } of [...this.records.values()]) this.settle(kind, id);
    for (const { measure, day, area, kind, agency, code, by } of this.tally.values())
      this.rows.tally(1, measure, day, area, kind, agency, code, by);
    this.tally.clear();
  }
}
