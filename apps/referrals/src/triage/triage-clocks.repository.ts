import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { ClockPassed } from '../history';
import { COLUMNS, type Received } from '../referrals.repository';

const AT_ONCE = 200;
const LATE_SECONDS = 60;

/** The clocks of rated referrals, which are columns of their rows. The database's own time decides (events.md D6). */
@Injectable()
export class TriageClocks {
  /** fire takes a clock that is due, once; undefined when there is none such any more. */
  async fire(tx: Tx, id: string, version: number): Promise<(Received & { colour: string; dueAt: Date }) | undefined> {
    const [row] = await tx.query<Received & { colour: string; dueAt: Date }>(
      `UPDATE referral r SET clock = 'fired'
        WHERE r.id = $1 AND r.clock_version = $2 AND r.clock = 'pending' AND r.due_at <= clock_timestamp()
       RETURNING ${COLUMNS}, r.colour`,
      [id, version],
      'fire-triage-clock',
    );
    return row;
  }

  /** note adds to the referral's history that its clock has passed; its version stays. */
  async note(tx: Tx, id: string, entry: ClockPassed): Promise<void> {
    await tx.execute(
      'UPDATE referral SET entries = entries || $2::jsonb WHERE id = $1',
      [id, JSON.stringify([entry])],
      'note-triage-clock',
    );
  }

  /** The clocks that are due, but for those that somebody is just passing. */
  due(tx: Tx): Promise<{ id: string; version: number }[]> {
    return tx.query(
      `SELECT id, clock_version AS version FROM referral WHERE clock = 'pending' AND due_at <= clock_timestamp()
        ORDER BY due_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`,
      [],
      'due-triage-clocks',
    );
  }

  /** How many are later than a sweep can explain. */
  async late(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM referral WHERE clock = 'pending' AND due_at <= clock_timestamp() - interval '${LATE_SECONDS} seconds'`,
      [],
      'late-triage-clocks',
    );
    return row?.n ?? 0;
  }
}
