import { newId } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { DutyCopy, DutyRecord } from '../partnership-duty';

/** A duty of a partnership with everything that was recorded of it. */
export interface KeptDuty {
  readonly id: string;
  readonly version: number;
  readonly ownerOrg: string;
  readonly code: string;
  readonly records: readonly DutyRecord[];
  readonly copies: readonly DutyCopy[];
}

/** The caller's agency's duties of which anything was recorded. */
export function dutiesOf(tx: Tx, ownerOrg: string): Promise<KeptDuty[]> {
  return tx.query<KeptDuty & Record<string, unknown>>(
    `SELECT d.id, d.version, d.owner_org AS "ownerOrg", d.code,
            coalesce((SELECT jsonb_agg(e.record || jsonb_build_object('number', e.number, 'by', e.by_id, 'at', e.at) ORDER BY e.number)
                        FROM partnership_duty_entry e WHERE e.duty_id = d.id AND e.what = 'done'), '[]') AS records,
            coalesce((SELECT jsonb_agg(e.record || jsonb_build_object('by', e.by_id, 'at', e.at) ORDER BY e.number)
                        FROM partnership_duty_entry e WHERE e.duty_id = d.id AND e.what = 'copy'), '[]') AS copies
       FROM partnership_duty d WHERE d.owner_org = $1`,
    [ownerOrg],
    'partnership-duties',
  );
}

/** Begins the register of a duty; whoever comes second finds it there and waits for the first. */
export async function beginDuty(tx: Tx, ownerOrg: string, code: string): Promise<{ id: string; isNew: boolean }> {
  const id = newId();
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO partnership_duty (id, owner_org, code, version) VALUES ($1, $2, $3, 0)
     ON CONFLICT (owner_org, code) DO NOTHING RETURNING id`,
    [id, ownerOrg, code],
    'begin-duty',
  );
  if (rows[0]) return { id, isNew: true };
  const [there] = await tx.query<{ id: string }>(
    'SELECT id FROM partnership_duty WHERE owner_org = $1 AND code = $2 FOR UPDATE',
    [ownerOrg, code],
    'lock-duty',
  );
  return { id: there!.id, isNew: false };
}

/** Keeps an entry; its number is the version of the duty from then on. */
export async function keepEntry(tx: Tx, dutyId: string, what: 'done' | 'copy', record: object): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    'UPDATE partnership_duty SET version = version + 1 WHERE id = $1 RETURNING version',
    [dutyId],
    'duty-version',
  );
  const { version } = row!;
  await tx.execute(
    `INSERT INTO partnership_duty_entry (duty_id, number, what, record, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [dutyId, version, what, JSON.stringify(record), tx.actor.id, tx.now],
    'keep-duty-entry',
  );
  return version;
}
