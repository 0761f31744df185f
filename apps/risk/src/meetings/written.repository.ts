import type { MeetingState, MeetingStep } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { orderedPlace } from '../agenda';
import type { Meeting } from '../meetings.repository';

/** Moves a meeting on, and writes who did. */
export async function moveMeeting(tx: Tx, meeting: Meeting, step: MeetingStep, state: MeetingState): Promise<number> {
  const version = meeting.version + 1;
  await tx.execute(
    `UPDATE meeting SET state = $2, version = $3,
       read_by = CASE WHEN $2 = 'in-session' THEN $4::uuid ELSE read_by END,
       read_at = CASE WHEN $2 = 'in-session' THEN $5::timestamptz ELSE read_at END,
       issued_at = CASE WHEN $2 = 'minutes-issued' THEN $5::timestamptz ELSE issued_at END
      WHERE id = $1`,
    [meeting.id, state, version, tx.actor.id, tx.now],
    'move-meeting',
  );
  await tx.execute(
    'INSERT INTO meeting_step (meeting_id, version, step, by_id, at) VALUES ($1, $2, $3, $4, $5)',
    [meeting.id, version, step, tx.actor.id, tx.now],
    'meeting-step',
  );
  return version;
}

export async function approveMinutes(tx: Tx, meeting: Meeting): Promise<number> {
  await tx.execute(
    'UPDATE meeting SET approved_by = $2, approved_at = $3, version = $4 WHERE id = $1',
    [meeting.id, tx.actor.id, tx.now, meeting.version + 1],
    'approve-minutes',
  );
  return meeting.version + 1;
}

export async function orderItems(tx: Tx, meeting: Meeting, ids: readonly string[]): Promise<number> {
  await tx.execute(
    `UPDATE agenda_item i SET place = $3 + o.n::int
       FROM unnest($2::uuid[]) WITH ORDINALITY AS o(id, n) WHERE i.meeting_id = $1 AND i.id = o.id`,
    [meeting.id, ids, orderedPlace(0)],
    'order-agenda',
  );
  await tx.execute(
    'UPDATE meeting SET version = $2 WHERE id = $1',
    [meeting.id, meeting.version + 1],
    'meeting-ordered',
  );
  return meeting.version + 1;
}

/** Signing twice signs once. */
export async function signMeeting(tx: Tx, meetingId: string): Promise<void> {
  await tx.execute(
    'INSERT INTO meeting_signature (meeting_id, user_id, org_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [meetingId, tx.actor.id, tx.actor.orgId, tx.now],
    'sign-meeting',
  );
}

export async function declareConflict(tx: Tx, meetingId: string, itemId: string, reason: string): Promise<void> {
  await tx.execute(
    'INSERT INTO item_conflict (item_id, meeting_id, user_id, reason, at) VALUES ($1, $2, $3, $4, $5)',
    [itemId, meetingId, tx.actor.id, reason, tx.now],
    'declare-conflict',
  );
}
