import type { Tx } from '@concordat/messaging';
import type { Meeting } from '../meetings.repository';

/** When and where a meeting is held. */
export interface Held {
  readonly heldOn: string;
  readonly startsAt: string;
  readonly place: string;
}
/** That a meeting was cancelled, or is held at another time or place than before. */
export interface MeetingNotice extends Record<string, unknown> {
  readonly step: 'cancel' | 'rearrange';
  readonly words: string;
  readonly was: Held | null;
  readonly byId: string;
  readonly at: Date;
}

/** What became of a meeting before it was held, the latest first. */
export const noticesOf = (tx: Tx, meetingId: string): Promise<MeetingNotice[]> =>
  tx.query<MeetingNotice>(
    `SELECT step, words, was, by_id AS "byId", at FROM meeting_step
      WHERE meeting_id = $1 AND step IN ('cancel', 'rearrange') ORDER BY version DESC LIMIT 50`,
    [meetingId],
    'meeting-notices',
  );

/** Cancels a meeting, and answers its version and how many cases wait for the next. */
export async function cancelMeeting(tx: Tx, { id, version }: Meeting, reason: string) {
  await tx.execute(
    `UPDATE meeting SET state = 'cancelled', version = $2 WHERE id = $1`,
    [id, version + 1],
    'cancel-meeting',
  );
  await writeNotice(tx, id, version + 1, 'cancel', reason, null);
  const [row] = await tx.query<{ cleared: number }>(
    'SELECT clear_agenda($1, $2) AS cleared',
    [id, reason],
    'clear-agenda',
  );
  return { version: version + 1, cleared: row?.cleared ?? 0 };
}

interface Days {
  readonly cutOffOn: string;
  readonly researchBy: string;
  readonly minutesBy: string | null;
}
/** Fails with Conflict when the forum meets on that day already. */
export async function rearrangeMeeting(
  tx: Tx,
  meeting: Meeting,
  { heldOn, startsAt, place }: Held,
  days: Days,
  reason: string,
): Promise<number> {
  const version = meeting.version + 1;
  await tx.execute(
    `UPDATE meeting SET held_on = $2, starts_at = $3, place = $4, cut_off_on = $5, research_by = $6, minutes_by = $7, version = $8
      WHERE id = $1`,
    [meeting.id, heldOn, startsAt, place, days.cutOffOn, days.researchBy, days.minutesBy, version],
    'rearrange-meeting',
  );
  const was: Held = { heldOn: meeting.heldOn, startsAt: meeting.startsAt, place: meeting.place };
  await writeNotice(tx, meeting.id, version, 'rearrange', reason, was);
  return version;
}

async function writeNotice(
  tx: Tx,
  meetingId: string,
  version: number,
  step: MeetingNotice['step'],
  words: string,
  was: Held | null,
): Promise<void> {
  await tx.execute(
    'INSERT INTO meeting_step (meeting_id, version, step, by_id, at, words, was) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [meetingId, version, step, tx.actor.id, tx.now, words, was && JSON.stringify(was)],
    'meeting-notice',
  );
}
