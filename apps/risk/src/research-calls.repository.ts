import { newId, ResearchCallChanged, type ResearchCallState } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Forum } from './forum';
import type { Meeting } from './meetings.repository';

/** That an agency is asked about a case before a meeting. */
interface ResearchCall extends Record<string, unknown> {
  readonly id: string;
  readonly meetingId: string;
  readonly caseId: string;
  readonly orgId: string;
  /** The civil day by which it is to be back. */
  readonly dueOn: string;
}
const CALL = `c.id, c.meeting_id AS "meetingId", c.case_id AS "caseId", c.org_id AS "orgId", c.due_on::text AS "dueOn"`;

/**
 * callForResearch asks the members of a forum about the cases of a meeting that they take part in and have not answered about, and
 * tells it: each is due by the day that the meeting has for it.
 */
export async function callForResearch(
  tx: Tx,
  forum: Forum,
  { id, researchBy }: Pick<Meeting, 'id' | 'researchBy'>,
): Promise<void> {
  const members = forum.members.map(({ orgId }) => orgId);
  const calls = await tx.query<{ itemId: string; caseId: string; orgId: string }>(
    `SELECT item_id AS "itemId", case_id AS "caseId", org_id AS "orgId" FROM unanswered_at($1) WHERE org_id = ANY ($2)
      ORDER BY case_id, item_id, org_id`,
    [id, members],
    'unanswered-at',
  );
  const made = calls.map((call) => ({ ...call, id: newId(), meetingId: id, dueOn: researchBy }));
  await tx.execute(
    `INSERT INTO research_call (id, item_id, meeting_id, case_id, org_id, due_on, state)
     SELECT c.id, c.item, $2::uuid, c.case_id, c.org, $3::date, 'asked' FROM unnest($1::uuid[], $4::uuid[], $5::uuid[], $6::uuid[]) AS c(id, item, case_id, org)`,
    [
      ...[made.map((call) => call.id), id, researchBy],
      ...[made.map((call) => call.itemId), made.map((call) => call.caseId), made.map((call) => call.orgId)],
    ],
    'call-for-research',
  );
  await told(tx, forum, made, 'asked');
}

/** Research of a meeting is due by another day: told to whoever has not answered. */
export async function moveResearchCalls(tx: Tx, forum: Forum, meetingId: string, dueOn: string): Promise<void> {
  const moved = await tx.query<ResearchCall>(
    `UPDATE research_call c SET due_on = $2::date WHERE c.meeting_id = $1 AND c.state = 'asked' AND c.due_on <> $2::date RETURNING ${CALL}`,
    [meetingId, dueOn],
    'move-research-calls',
  );
  await told(tx, forum, moved, 'asked');
}

/** Nobody is asked any more about the cases of a meeting, or about one of them. */
export async function endResearchCalls(
  tx: Tx,
  forum: Forum,
  of: { readonly meetingId: string; readonly itemId?: string },
): Promise<void> {
  const ended = await tx.query<ResearchCall>(
    `UPDATE research_call c SET state = 'ended' WHERE c.meeting_id = $1 AND ($2::uuid IS NULL OR c.item_id = $2) AND c.state = 'asked'
     RETURNING ${CALL}`,
    [of.meetingId, of.itemId ?? null],
    'end-research-calls',
  );
  await told(tx, forum, ended, 'ended');
}

/** The caller's agency has answered about a case; whatever it puts right later, nothing is due by that. */
export async function researchIsBack(tx: Tx, forum: Forum, itemId: string): Promise<void> {
  const returned = await tx.query<ResearchCall>(
    `UPDATE research_call c SET state = 'returned' WHERE c.item_id = $1 AND c.org_id = $2 AND c.state = 'asked' RETURNING ${CALL}`,
    [itemId, tx.actor.orgId],
    'research-is-back',
  );
  await told(tx, forum, returned, 'returned');
}

/** In the stream of each case, one after another in the same order: two who tell at once do not wait for each other. */
async function told(tx: Tx, forum: Forum, calls: readonly ResearchCall[], state: ResearchCallState): Promise<void> {
  const named = new Map(forum.members.map(({ orgId, people }) => [orgId, people[0]]));
  for (const { id, caseId, meetingId, orgId, dueOn } of [...calls].sort((a, b) => (a.caseId < b.caseId ? -1 : 1))) {
    const personId = named.get(orgId);
    (await tx.lock(caseId)).publish(ResearchCallChanged, {
      ...{ caseId, callId: id, meetingId, forumId: forum.id, orgId, state, dueOn },
      ...(personId ? { personId } : {}),
    });
  }
}
