import type { ContextName } from '@concordat/contracts';
import type { Sample } from '@concordat/platform';
import type { Pool } from 'pg';
import type { Source } from './inbox';

/** How a context stands at one moment, as its process sees it. */
export interface ContextStanding {
  /** The process that it runs in: several contexts may share one, and then its parts. */
  readonly process: string;
  readonly parts: readonly { readonly part: string; readonly trouble: string | null; readonly ageMs: number | null }[];
  readonly samples: readonly Sample[];
}
export type Look = () => Promise<ContextStanding>;

interface Found {
  readonly kind: 'event' | 'act';
  readonly unsent: number;
  readonly unsentAge: number;
  readonly waiting: number;
  readonly waitingAge: number;
}

/** How the event path of a context stands. One look at four partial indexes and two short tables, made when somebody asks. */
export async function standingOf(
  context: ContextName,
  pool: Pool,
  sources: readonly Source[],
  ageOf: (source: Source) => number,
): Promise<Sample[]> {
  const { rows } = await pool.query<Found>({ name: 'standing-path', text: PATH });
  const [held] = (
    await pool.query<{ parked: number; malformed: number; healed: number }>({ name: 'standing-held', text: HELD })
  ).rows;
  const of = (name: Sample['name'], value: number, labels = {}): Sample => ({
    name,
    labels: { context, ...labels },
    value,
  });
  return [
    ...rows.flatMap(({ kind, unsent, unsentAge, waiting, waitingAge }) => [
      of('concordat_outbox_unsent', unsent, { kind }),
      of('concordat_outbox_oldest_seconds', unsentAge, { kind }),
      of('concordat_inbox_waiting', waiting, { kind }),
      of('concordat_inbox_oldest_seconds', waitingAge, { kind }),
    ]),
    of('concordat_parked_streams', held!.parked),
    of('concordat_malformed_records', held!.malformed),
    of('concordat_healed_total', held!.healed),
    ...sources.flatMap((source) => {
      const age = ageOf(source);
      return Number.isFinite(age) ? [of('concordat_projection_age_seconds', age / 1000, { source })] : [];
    }),
  ];
}

const age = (of: string): string => `coalesce(extract(epoch FROM clock_timestamp() - min(${of})), 0)::float`;

const PATH = `
  SELECT 'event' AS kind, o.n AS unsent, o.age AS "unsentAge", i.n AS waiting, i.age AS "waitingAge"
    FROM (SELECT count(*)::int AS n, ${age('created_at')} AS age FROM outbox WHERE published_at IS NULL) o,
         (SELECT count(*)::int AS n, ${age('received_at')} AS age FROM inbox WHERE source NOT LIKE '%.acts') i
  UNION ALL
  SELECT 'act', o.n, o.age, i.n, i.age
    FROM (SELECT count(*)::int AS n, ${age('created_at')} AS age FROM act
           WHERE seq IS NULL OR (published_at IS NULL AND seq IS NOT NULL)) o,
         (SELECT count(*)::int AS n, ${age('received_at')} AS age FROM inbox WHERE source LIKE '%.acts') i`;

const HELD = `
  SELECT (SELECT count(*)::int FROM stream_cursor WHERE parked_reason IS NOT NULL) AS parked,
         (SELECT count(*)::int FROM malformed) AS malformed,
         (SELECT coalesce(sum(healed), 0)::int FROM reconciliation) AS healed`;
