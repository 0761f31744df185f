import type { Tx } from '@concordat/messaging';

/** What happened in a case, as its timeline tells it. */
export interface TimelineEntry {
  readonly at: Date;
  readonly what: string;
  readonly orgId?: string | null;
  readonly byId?: string | null;
  readonly detail?: Record<string, unknown>;
}

/** Adds to the timeline of a case. */
export async function addToTimeline(tx: Tx, caseId: string, entry: TimelineEntry): Promise<void> {
  await tx.execute(...timelineWrite(caseId, entry));
}

/** The statement that adds to the timeline of a case: for who sends it with others. */
export const timelineWrite = (caseId: string, entry: TimelineEntry): [string, unknown[], string] => [
  'INSERT INTO timeline (case_id, at, what, org_id, by_id, detail) VALUES ($1, $2, $3, $4, $5, $6)',
  [caseId, entry.at, entry.what, entry.orgId ?? null, entry.byId ?? null, JSON.stringify(entry.detail ?? {})],
  'add-to-timeline',
];
