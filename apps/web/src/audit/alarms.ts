import type { LedgerStatus } from '../apis/audit';

/** What is wrong with the ledger, and what to do about it. */
export interface Alarm {
  readonly tag: string;
  readonly text: string;
}

/** alarmsOf says what is wrong with the ledger, the worst first; nothing when it is well. Pure. */
export function alarmsOf(status: LedgerStatus): readonly Alarm[] {
  const { trouble, altered, late, witnesses, copies } = status;
  const found: Alarm[] = [];
  if (trouble !== null)
    found.push({ tag: 'Stopped', text: `${trouble}. Nothing is sealed or signed until somebody has looked at it.` });
  if (altered.length > 0)
    found.push({
      tag: 'Altered',
      text: `Entries that are not as they were sealed: ${altered.join(', ')}. Keep the database as it is, and verify an export.`,
    });
  if (late)
    found.push({
      tag: 'Checkpoint late',
      text: 'New entries have waited for a signed checkpoint for more than 5 seconds. Look at the audit service and its database.',
    });
  if (witnesses?.overdue)
    found.push({
      tag: 'Not witnessed',
      text: `Too few witnesses have cosigned the log for over a minute. Receipts wait until they do.${
        witnesses.silent.length > 0 ? ` Silent: ${witnesses.silent.join(', ')}.` : ''
      }`,
    });
  if (copies?.overdue)
    found.push({
      tag: 'Not copied',
      text: 'Checkpoints have not been copied to write-once storage for over 5 minutes. Look at that storage.',
    });
  return found;
}
