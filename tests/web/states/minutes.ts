import { randomUUID } from 'node:crypto';
import { conference } from '../conferences';
import { at, staffId } from '../stories';
import type { Drive, Drives } from '../world';

/** Minutes as a PDF in a state, as its asker finds it. */
const paper = (state: string, written: number): Drive =>
  at('idris', async (world) => {
    const [id, meetingId] = [randomUUID(), (await conference(world, 'issued')).at.split('/')[2]];
    await world.app.sql(
      `INSERT INTO risk.minutes_paper (id, meeting_id, state, user_id, org_id, parts, written, correlation_id, purpose, path, requested_at,
         ended_at, expires_at, claimed_until)
       SELECT $1, $2, $3, user_id, org_id, 17, $4, 'test', 'safeguarding', '/', now(), CASE WHEN $3 <> 'running' THEN now() END,
              CASE WHEN $3 = 'done' THEN now() + interval '1 day' END, now() + interval '1 hour' FROM risk.member WHERE user_id = $5`,
      [id, meetingId, state, written, await staffId(world, 'idris')],
    );
    return `/minutes-papers/${id}`;
  });

export const drives: Drives = {
  'meetings/minutes-paper': {
    running: paper('running', 3),
    done: paper('done', 17),
    failed: paper('failed', 0),
    ended: paper('expired', 17),
  },
};
