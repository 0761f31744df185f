import { FiringService } from '../../apps/notifications/src/deadlines/firing.service';
import { eventually } from '@concordat/testing';
import { rated } from './stories';
import type { World } from './world';

export interface DueReferral {
  readonly referralId: string;
  readonly deadlineId: string;
  /** The month in which it is due, in London: `2026-11`. */
  readonly month: string;
}

/** A referral to Northbank Council that has a colour and so a time by which it is to be decided, once that is in the register. */
export async function dueReferral(world: World): Promise<DueReferral> {
  const referralId = await rated(world, 'red');
  const known = () =>
    world.app.sql<{ id: string; month: string }>(
      `SELECT id, to_char(due_at AT TIME ZONE 'Europe/London', 'YYYY-MM') AS month FROM notifications.deadline WHERE record_id = $1`,
      [referralId],
    );
  await eventually(async () => (await known()).length === 1, { timeoutMs: 15_000 });
  const [{ id: deadlineId, month }] = (await known()) as [{ id: string; month: string }];
  return { referralId, deadlineId, month };
}

/** The time of a deadline has come, and it fires. */
export async function fire(world: World, id: string): Promise<void> {
  await world.app.sql(
    `UPDATE notifications.deadline SET due_at = clock_timestamp() - interval '3 hours' WHERE id = $1`,
    [id],
  );
  const [{ version }] = (await world.app.sql('SELECT version FROM notifications.deadline WHERE id = $1', [id])) as [
    { version: number },
  ];
  // The sweep may have been first.
  await world.app.running.app.get(FiringService, { strict: false }).fire(id, version);
}

/** Those for whom the first rung of a deadline is are told. */
export async function tell(world: World, id: string): Promise<void> {
  await world.app.sql(
    `UPDATE notifications.deadline_rung SET at = clock_timestamp() - interval '1 second' WHERE deadline_id = $1 AND n = 1`,
    [id],
  );
  await world.app.running.app.get(FiringService, { strict: false }).climb(id, 1);
  const told = () => world.app.sql('SELECT 1 FROM notifications.message WHERE deadline_id = $1', [id]);
  await eventually(async () => (await told()).length > 0, { timeoutMs: 15_000 });
}
