import type { ContextName } from '@concordat/contracts';
import type { Platform } from '../platform/platform';

/** What a reconciler had to fetch because it never arrived: each is a defect somewhere before it (events.md §4). */
export interface Healed {
  readonly consumer: ContextName;
  readonly source: string;
  readonly count: number;
}

/** healedBy reads the counts that the consumers keep. */
export async function healedBy(platform: Platform): Promise<Healed[]> {
  const database = await platform.database();
  try {
    const all: Healed[] = [];
    for (const consumer of platform.contexts) {
      const { rows } = await database.query<{ source: string; count: number }>(
        `SELECT source, healed::int AS count FROM ${consumer}.reconciliation WHERE healed > 0 ORDER BY source`,
      );
      all.push(...rows.map((r) => ({ consumer, ...r })));
    }
    return all;
  } finally {
    await database.end().catch(() => undefined);
  }
}
