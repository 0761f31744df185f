import type { ContextName } from '@concordat/contracts';
import type { Pool } from 'pg';
import { actStream } from './act';
import type { Source } from './inbox';
import { contiguous, type RawRow, type Row } from './inbox-rows';

const HEADS = 100;
const RUN = 20;
const ACTS = 500;

/** What of an inbox may be applied now. */
export class Ready {
  constructor(
    private readonly pool: Pool,
    private readonly sources: readonly Source[],
  ) {}

  /**
   * The next events of up to a hundred streams, each stream's in order and without a gap. The cursor is asked by its key
   * for each row, as a join is planned by the length that the queue had once.
   */
  async events(): Promise<Row[]> {
    const { rows } = await this.pool.query<RawRow>({
      name: 'worker-ready',
      text: `WITH heads AS (
             SELECT i.source, i.stream_id, i.stream_version, i.seq
               FROM inbox i
              WHERE i.stream_version = coalesce(
                      (SELECT CASE WHEN c.parked_reason IS NULL THEN c.last_version + 1 ELSE 0 END
                         FROM stream_cursor c WHERE c.source = i.source AND c.stream_id = i.stream_id), 1)
                AND i.next_attempt_at <= now() AND i.source NOT LIKE '%.acts'
              ORDER BY i.seq LIMIT ${HEADS})
           SELECT n.* FROM heads h CROSS JOIN LATERAL (
             SELECT source, stream_id, stream_version, event_id, body, attempts, next_attempt_at FROM inbox n
              WHERE n.source = h.source AND n.stream_id = h.stream_id AND n.stream_version >= h.stream_version
              ORDER BY n.stream_version LIMIT ${RUN}) n
            ORDER BY h.seq, n.stream_version`,
    });
    return contiguous(rows);
  }

  /**
   * The next run of acts of each producer: one long stream each, whose id is known, so each is read by its key from its cursor
   * on, and ends at its first gap.
   */
  async acts(): Promise<Row[]> {
    const producers = this.sources.filter((s) => s.endsWith('.acts'));
    const { rows } = await this.pool.query<RawRow>({
      name: 'worker-ready-acts',
      text: `SELECT n.* FROM (
             SELECT a.source, a.stream_id, coalesce(c.last_version, 0) AS last
               FROM unnest($1::text[], $2::uuid[]) AS a(source, stream_id)
               LEFT JOIN stream_cursor c ON c.source = a.source AND c.stream_id = a.stream_id
              WHERE c.parked_reason IS NULL) p
            CROSS JOIN LATERAL (
             SELECT i.source, i.stream_id, i.stream_version, i.event_id, i.body, i.attempts, i.next_attempt_at FROM inbox i
              WHERE i.source = p.source AND i.stream_id = p.stream_id AND i.stream_version > p.last
                AND EXISTS (SELECT 1 FROM inbox f
                             WHERE f.source = p.source AND f.stream_id = p.stream_id AND f.stream_version = p.last + 1)
              ORDER BY i.stream_version LIMIT ${ACTS}) n
            ORDER BY n.source, n.stream_version`,
      values: [producers, producers.map((s) => actStream(s.slice(0, -'.acts'.length) as ContextName))],
    });
    return contiguous(rows);
  }
}
