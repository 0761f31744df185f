import { openStatuses } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { caseShown, partsSeenBy, seesWidely, type Side } from '../grounds';
import type { Filters, Sort } from './worklist.dto';

export const OPEN = `r.status IN (${openStatuses.map((s) => `'${s}'`).join(', ')})`;

/** A part of a list: what is seen on one ground, and what of it. */
export interface Part {
  readonly side: Side;
  readonly from: string;
  readonly where: string;
  /**
   * Colours, times and who works on it are between the triaging agency's staff: the other sides show none, sort as if there were
   * none, and match no filter that asks for them.
   */
  readonly inside: boolean;
  /** What an order by time is read from, where that is not the referral itself. */
  readonly received?: readonly string[];
}

/** What each order sorts by, over table `r`: as the triaging agency sees it, and as the others do. */
export const KEYS: Readonly<
  Record<Sort, { types: readonly ('timestamptz' | 'int' | 'text' | 'uuid')[]; inside: string[]; outside: string[] }>
> = {
  received: { types: ['timestamptz', 'uuid'], inside: ['r.received_at', 'r.id'], outside: ['r.received_at', 'r.id'] },
  due: { types: ['timestamptz', 'uuid'], inside: ['r.due_at', 'r.id'], outside: ["'infinity'::timestamptz", 'r.id'] },
  colour: {
    types: ['int', 'timestamptz', 'uuid'],
    inside: ['r.colour_rank', 'r.due_at', 'r.id'],
    outside: ['99::int', "'infinity'::timestamptz", 'r.id'],
  },
  reference: { types: ['text', 'uuid'], inside: ['r.reference', 'r.id'], outside: ['r.reference', 'r.id'] },
};

/** Whether nothing but what is open is asked for. */
export const isOpen = (statuses: Filters['statuses']): boolean =>
  statuses !== null && statuses.every((s) => (openStatuses as readonly string[]).includes(s));

/** The parts of a list, of which no two hold for one referral. Those that can hold for none are not even asked. */
export async function partsOf(tx: Tx, { side, statuses, colour, assigned, overdue }: Filters): Promise<Part[]> {
  const { triage, referrer, apart, otherAreas, colleagues } = partsSeenBy(tx.actor);
  const from = 'referral r';
  const received: Part = { side: 'triage', from, where: triage, inside: true };
  const made: Part = { side: 'referrer', from, where: referrer, inside: false };
  const asksInside = colour !== null || assigned !== null || overdue;
  if (side === 'received' || asksInside) return side === 'made' ? [] : [received];
  if (side === 'made') return [made];
  const seen = [received, { ...made, where: `${referrer} AND NOT ${triage}` }];
  if (statuses !== null && !statuses.includes('accepted')) return seen; // nothing else has a case to take part in
  const participant = { side: 'participant', from, inside: false } as const;
  const { areas } = tx.actor;
  const [row] = areas.length
    ? await tx.query<{ is: boolean }>('SELECT received_elsewhere($1) AS is', [areas], 'received-elsewhere')
    : [];
  return [
    ...seen,
    {
      ...{ ...participant, where: apart, received: ['c.received_at', 'c.referral_id'] },
      from: 'case_access c JOIN referral r ON r.id = c.referral_id',
    },
    ...(row?.is ? [{ ...participant, where: otherAreas }] : []),
    ...(seesWidely(tx.actor) ? [] : [{ ...participant, where: colleagues }]),
  ];
}

/** A row of a part, then what only the inside sees of it, and what a list of all parts shows. */
export const LINE = `r.id, r.version, r.reference, r.pathway, r.status, r.area_id, r.referring_org, r.receiving_org, r.received_at,
  r.subject_name, r.case_id, CASE WHEN r.subject_name IS NOT NULL THEN r.people[1] END AS subject_id`;
export const INSIDE = 'r.colour, r.assigned_to, r.due_at';
export const OUTSIDE = 'NULL::text AS colour, NULL::uuid AS assigned_to, NULL::timestamptz AS due_at';
export const SHOWN = `w.id, w.version, w.reference, w.pathway, w.status, w.area_id AS "areaId", w.referring_org AS "referringOrg",
  w.receiving_org AS "receivingOrg", w.received_at AS "receivedAt", w.subject_name AS "subjectName",
  ${caseShown('w.case_id', 'w.receiving_org')} AS "caseId",
  w.subject_id AS "subjectId", w.side, w.colour, w.assigned_to AS "assignedTo", w.due_at AS "dueAt"`;
