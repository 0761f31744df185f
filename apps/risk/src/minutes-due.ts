import { MinutesDueChanged, type MinutesDueState } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Forum } from './forum';
import type { Meeting } from './meetings.repository';

/**
 * tellMinutes tells that minutes of a meeting are due, were issued, or are not wanted, in the meeting's own stream: the register of
 * what is due hears it in that order. Of a forum whose kind gives no day for minutes nothing is told.
 */
export async function tellMinutes(
  tx: Tx,
  forum: Pick<Forum, 'id' | 'leadOrg'>,
  { id: meetingId, minutesBy }: Pick<Meeting, 'id' | 'minutesBy'>,
  state: MinutesDueState,
): Promise<void> {
  if (!minutesBy) return;
  const { id: forumId, leadOrg: orgId } = forum;
  (await tx.lock(meetingId)).publish(MinutesDueChanged, { meetingId, forumId, orgId, state, dueOn: minutesBy });
}
