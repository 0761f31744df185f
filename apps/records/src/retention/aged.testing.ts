import type { TestApp } from '@concordat/testing';
import { Calculating } from './calculating';

/** When things were added to a case: what the last involvement is taken from. */
const TIMES = {
  case_file: ['opened_at', 'id'],
  timeline: ['at', 'case_id'],
  case_note: ['at', 'case_id'],
  chronology_entry: ['recorded_at', 'case_id'],
  document_version: ['at', 'case_id'],
  case_fact: ['recorded_at', 'case_id'],
} as const;

/** Makes a case as old as if nothing had been added to it for so many years, and has its retention calculated. */
export async function aged(app: TestApp, caseId: string, years = 8): Promise<void> {
  for (const [table, [time, id]] of Object.entries(TIMES))
    await app.sql(`UPDATE records.${table} SET ${time} = ${time} - make_interval(years => $2) WHERE ${id} = $1`, [
      caseId,
      years,
    ]);
  await app.sql(`UPDATE records.retention SET calculated_at = '-infinity' WHERE case_id = $1`, [caseId]);
  await app.running.app.get(Calculating, { strict: false }).sweep();
}
