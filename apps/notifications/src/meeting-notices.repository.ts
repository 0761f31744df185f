import type { MeetingNotice } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';

interface Telling {
  readonly kind: MeetingNotice;
  readonly meetingId: string;
  readonly startsAt: string;
  /** Who is named for the meeting, and for which agencies. */
  readonly people: readonly string[];
  readonly orgs: readonly string[];
  readonly happenedAt: Date;
}

/** One to each who works for an agency of the meeting still. What happened before something that they were told of is not told. */
export async function tellOfMeeting(tx: Tx, t: Telling): Promise<void> {
  await tx.execute(
    `INSERT INTO meeting_notice AS n (id, user_id, org_id, meeting_id, kind, starts_at, happened_at, times, told_at)
     SELECT gen_random_uuid(), m.user_id, m.org_id, $1, $2, $3, $4, 1, $5 FROM member m
      WHERE m.active AND m.user_id = ANY ($6::uuid[]) AND m.org_id = ANY ($7::uuid[])
     ON CONFLICT (user_id, org_id, meeting_id) DO UPDATE
       SET kind = $2, starts_at = $3, happened_at = $4, times = n.times + 1, told_at = $5, read_at = NULL
     WHERE n.happened_at < $4`,
    [t.meetingId, t.kind, t.startsAt, t.happenedAt, tx.now, t.people, t.orgs],
    'tell-of-meeting',
  );
}
