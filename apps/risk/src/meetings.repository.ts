import {
  NotFound,
  type AgendaItemState,
  type ConsentGiver,
  type DecidedHow,
  type MeetingState,
} from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Paging, type Page, type Sorting } from '@concordat/platform';
import type { ForumReferral } from './forum-referral';
import { mustBeOpen, type MeetingCommand, type MeetingFacts } from './meeting';

export interface Meeting extends Record<string, unknown> {
  readonly id: string;
  readonly forumId: string;
  readonly forumVersion: number;
  readonly version: number;
  readonly state: MeetingState;
  readonly heldOn: string;
  readonly startsAt: string;
  readonly place: string;
  readonly cutOffOn: string;
  readonly researchBy: string;
  readonly minutesBy: string | null;
  readonly statement: string;
  readonly readBy: string | null;
  readonly readAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly issuedAt: Date | null;
  /** Why it could not wait, of a meeting out of the forum's rhythm. */
  readonly emergencyReason: string | null;
  readonly calledBy: string | null;
  readonly calledAt: Date | null;
  /** How many agencies must have signed, where it is not the forum's own setting. */
  readonly quorum: number | null;
}
const MEETING = `id, forum_id AS "forumId", forum_version AS "forumVersion", version, state, held_on::text AS "heldOn",
  starts_at AS "startsAt", place, cut_off_on::text AS "cutOffOn", research_by::text AS "researchBy", minutes_by::text AS "minutesBy",
  statement, read_by AS "readBy", read_at AS "readAt", approved_by AS "approvedBy", approved_at AS "approvedAt", issued_at AS "issuedAt",
  emergency_reason AS "emergencyReason", called_by AS "calledBy", called_at AS "calledAt", quorum`;

/** A meeting of a forum that the caller is named in. Throws NotFound otherwise. */
export async function meetingById(tx: Tx, id: string): Promise<Meeting> {
  const [row] = await tx.query<Meeting>(`SELECT ${MEETING} FROM meeting WHERE id = $1`, [id], 'meeting');
  if (!row) throw new NotFound('meeting');
  return row;
}

/** As `meetingById`, for whoever leads it, and nobody else moves it until the end of the unit of work. */
export async function lockedMeeting(tx: Tx, id: string): Promise<Meeting> {
  const seen = await meetingById(tx, id);
  const [row] = await tx.query<Meeting>(
    `SELECT ${MEETING} FROM meeting WHERE id = $1 FOR UPDATE`,
    [id],
    'lock-meeting',
  );
  return row ?? seen;
}

/** Throws IllegalTransition unless a command is open where the meeting stands, and keeps it there until the end of the unit. */
export async function mustStandOpen(tx: Tx, meetingId: string, command: MeetingCommand): Promise<void> {
  const [row] = await tx.query<{ state: MeetingState | null }>(
    'SELECT held_state($1) AS state',
    [meetingId],
    'held-state',
  );
  if (!row?.state) throw new NotFound('meeting');
  mustBeOpen(row.state, command);
}

const LATEST_FIRST: Sorting = {
  ...{ name: 'meetings', descending: true },
  keys: [
    { sql: 'held_on', type: 'date' },
    { sql: 'id', type: 'uuid' },
  ],
};
/** A page of a forum's meetings, the latest first. Throws Invalid for a cursor that was not made for this order. */
export async function meetingsOf(tx: Tx, forumId: string, limit: number, cursor?: string): Promise<Page<Meeting>> {
  const paging = new Paging(LATEST_FIRST, limit, cursor);
  const rows = await tx.query<Meeting & { keys: string[] }>(
    `SELECT ${MEETING}, ${paging.keys()} FROM meeting WHERE forum_id = $1 AND ${paging.where(2)}
      ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [forumId, ...paging.params],
  );
  return paging.page(rows) as Page<Meeting>;
}

/** The last day of a forum's rhythm: a meeting out of it does not move it, and one that is not held counts for nothing. */
export async function lastInRhythm(tx: Tx, forumId: string): Promise<string | null> {
  const [row] = await tx.query<{ day: string | null }>(
    `SELECT max(held_on)::text AS day FROM meeting WHERE forum_id = $1 AND emergency_reason IS NULL AND state <> 'cancelled'`,
    [forumId],
    'last-in-rhythm',
  );
  return row?.day ?? null;
}

/** Counts of a whole meeting, what the caller may not see of it among them. */
export async function factsOf(tx: Tx, meeting: Meeting): Promise<MeetingFacts> {
  const [row] = await tx.query<{ items: number; left: number; actions: number }>(
    'SELECT items, left_over AS left, actions_open AS actions FROM meeting_facts($1)',
    [meeting.id],
    'meeting-facts',
  );
  const { items = 0, left = 0, actions = 0 } = row ?? {};
  return { items, itemsNotDone: left, actionsOpen: actions, minutesApproved: meeting.approvedAt !== null };
}

export interface Signature extends Record<string, unknown> {
  readonly userId: string;
  readonly orgId: string;
  readonly at: Date;
}
export const signaturesOf = (tx: Tx, meetingId: string): Promise<Signature[]> =>
  tx.query<Signature>(
    'SELECT user_id AS "userId", org_id AS "orgId", at FROM meeting_signature WHERE meeting_id = $1 ORDER BY at, user_id',
    [meetingId],
    'signatures',
  );

export interface DeclaredConflict extends Record<string, unknown> {
  readonly itemId: string;
  readonly userId: string;
  readonly reason: string;
}
export const conflictsOf = (tx: Tx, meetingId: string): Promise<DeclaredConflict[]> =>
  tx.query<DeclaredConflict>(
    'SELECT item_id AS "itemId", user_id AS "userId", reason FROM item_conflict WHERE meeting_id = $1 ORDER BY at, user_id',
    [meetingId],
    'conflicts',
  );

/** A case on an agenda, with the referral that brought it there. */
export interface AgendaItem extends Record<string, unknown> {
  readonly id: string;
  readonly meetingId: string;
  readonly forumId: string;
  readonly referralId: string;
  readonly caseId: string;
  readonly version: number;
  readonly state: AgendaItemState;
  readonly deferReason: string | null;
  readonly openedAt: Date | null;
  readonly heardAt: Date | null;
  readonly harm: string;
  readonly contributory: string;
  readonly protective: string;
  readonly decision: string | null;
  readonly rationale: string;
  readonly changedBy: string;
  readonly changedAt: Date;
  /** Of the summary alone: whoever types it changes nothing else, and nobody else's decision is refused for it. */
  readonly notesVersion: number;
  readonly notesBy: string | null;
  readonly notesAt: Date | null;
  readonly subjectId: string;
  readonly otherIds: readonly string[];
  readonly childIds: readonly string[];
  readonly referredBy: string;
  readonly referredAt: Date;
  readonly criteria: ForumReferral['criteria'];
  readonly incident: ForumReferral['incident'];
  readonly consent: ForumReferral['consent'];
  readonly repeat: ForumReferral['repeat'];
  /** What was said of cases that another kind of forum is for. */
  readonly diverts: ForumReferral['diverts'];
  /** The forum that it was transferred from. */
  readonly fromForum: string | null;
  /** The agency for the area where the person lives, where the kind of forum asks for it. */
  readonly homeOrg: string | null;
  /** What was put on record with the decision, beside its reasons. */
  readonly recorded: string;
  readonly consentBy: ConsentGiver | null;
  /** How the members came to the decision, where they vote. */
  readonly decidedHow: DecidedHow | null;
  /** Of a case that comes back: the civil day before which it does not; null where the next meeting looks at it. */
  readonly againFrom: string | null;
}
const ITEM = `i.id, i.meeting_id AS "meetingId", r.forum_id AS "forumId", i.referral_id AS "referralId", i.case_id AS "caseId", i.version,
  i.state, i.defer_reason AS "deferReason", i.opened_at AS "openedAt", i.heard_at AS "heardAt", i.harm, i.contributory, i.protective,
  i.decision, i.rationale, i.changed_by AS "changedBy", i.changed_at AS "changedAt",
  i.notes_version AS "notesVersion", i.notes_by AS "notesBy", i.notes_at AS "notesAt", standing_person(r.subject_id) AS "subjectId",
  ARRAY(SELECT standing_person(o) FROM unnest(r.other_ids) o) AS "otherIds",
  ARRAY(SELECT standing_person(o) FROM unnest(r.child_ids) o) AS "childIds", r.org_id AS "referredBy", r.at AS "referredAt",
  r.criteria, r.incident, r.consent, r.repeat, r.diverts, r.from_forum AS "fromForum", r.home_org AS "homeOrg",
  i.recorded, i.consent_by AS "consentBy", i.decided_how AS "decidedHow", i.again_from::text AS "againFrom"`;
const FROM_ITEM = 'FROM agenda_item i JOIN forum_referral r ON r.id = i.referral_id';

/** Cases of a meeting that the caller may see, in the order in which they are heard. */
export const itemsOf = (tx: Tx, meetingId: string): Promise<AgendaItem[]> =>
  tx.query<AgendaItem>(
    `SELECT ${ITEM} ${FROM_ITEM} WHERE i.meeting_id = $1 ORDER BY i.place, r.at, i.id LIMIT 200`,
    [meetingId],
    'agenda',
  );

/** A case on an agenda, if the caller may see it: not without a part in the case, nor with a conflict in it. Else NotFound. */
export async function itemById(tx: Tx, id: string): Promise<AgendaItem> {
  const [row] = await tx.query<AgendaItem>(`SELECT ${ITEM} ${FROM_ITEM} WHERE i.id = $1`, [id], 'agenda-item');
  if (!row) throw new NotFound('agenda-item');
  return row;
}

/** As `itemById`, for whoever leads, and nobody else changes it until the end of the unit of work. */
export async function lockedItem(tx: Tx, id: string): Promise<AgendaItem> {
  await tx.query('SELECT 1 FROM agenda_item WHERE id = $1 FOR UPDATE', [id], 'lock-agenda-item');
  return itemById(tx, id);
}

/** What the ledger says of a case on an agenda. */
export function aboutItem(tx: Tx, item: AgendaItem): void {
  tx.about({
    subjects: [item.subjectId, ...item.otherIds, ...item.childIds],
    objects: [
      { t: 'agenda-item', id: item.id, ver: String(item.version) },
      { t: 'meeting', id: item.meetingId },
      { t: 'case', id: item.caseId },
    ],
  });
}

/** Of a case on an agenda: agencies that have answered, whatever they answered, and those that take part in the case. */
export interface Answering {
  readonly returned: readonly string[];
  readonly inCase: readonly string[];
}
/** By case of a meeting that the caller may see: who has answered about it, and who takes part in it and so could. */
export async function answeringOn(tx: Tx, meetingId: string): Promise<ReadonlyMap<string, Answering>> {
  const rows = await tx.query<{ id: string; returned: string[] | null; inCase: string[] | null }>(
    `SELECT i.id, (SELECT array_agg(x.org_id ORDER BY x.at) FROM research_returned(i.id) x) AS returned,
            (SELECT array_agg(DISTINCT a.org_id) FROM case_access a
              WHERE a.case_id = i.case_id AND a.until IS NULL AND a.level <> 'preview') AS "inCase"
       FROM agenda_item i WHERE i.meeting_id = $1`,
    [meetingId],
    'answering-on',
  );
  return new Map(rows.map(({ id, returned, inCase }) => [id, { returned: returned ?? [], inCase: inCase ?? [] }]));
}
