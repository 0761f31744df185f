import type { Tx } from '@concordat/messaging';
import type { Forum } from './forum';

interface Planned {
  readonly id: string;
  readonly heldOn: string;
  readonly startsAt: string;
  readonly place: string;
  readonly pack: string;
  readonly statement: string;
  readonly days: { readonly cutOffOn: string; readonly researchBy: string; readonly minutesBy: string | null };
}

/** Fails with Conflict when the forum meets on that day already. */
export async function insertMeeting(tx: Tx, forum: Forum, m: Planned): Promise<void> {
  await tx.execute(
    `INSERT INTO meeting (id, forum_id, forum_version, pack, version, state, held_on, starts_at, place, cut_off_on, research_by,
       minutes_by, statement) VALUES ($1, $2, $3, $4, 1, 'planned', $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[m.id, forum.id, forum.version, m.pack, m.heldOn, m.startsAt, m.place],
      ...[m.days.cutOffOn, m.days.researchBy, m.days.minutesBy, m.statement],
    ],
    'insert-meeting',
  );
}

interface Called extends Planned {
  readonly reason: string;
  readonly quorum: number;
  readonly referralId: string;
}

/** Writes an emergency meeting, whose agenda is issued with it: one case, and nothing to close before. */
export async function insertEmergency(tx: Tx, forum: Forum, m: Called): Promise<void> {
  await tx.execute(
    `INSERT INTO meeting (id, forum_id, forum_version, pack, version, state, held_on, starts_at, place, cut_off_on, research_by,
       minutes_by, statement, emergency_reason, called_by, called_at, quorum)
     VALUES ($1, $2, $3, $4, 1, 'agenda-issued', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[m.id, forum.id, forum.version, m.pack, m.heldOn, m.startsAt, m.place],
      ...[m.days.cutOffOn, m.days.researchBy, m.days.minutesBy, m.statement, m.reason, tx.actor.id, tx.now, m.quorum],
    ],
    'insert-emergency',
  );
  await tx.execute(
    `INSERT INTO meeting_step (meeting_id, version, step, by_id, at) VALUES ($1, 1, 'call-emergency', $2, $3)`,
    [m.id, tx.actor.id, tx.now],
    'emergency-called',
  );
  await tx.query('SELECT list_for_emergency($1, $2)', [m.id, m.referralId], 'list-for-emergency');
}
