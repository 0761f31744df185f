import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { caseShown, groundsOf, VISIBLE } from './grounds';
import { last, thisRound, type Entry } from './history';
import { evolve, statusOf, type Referral } from './referral';

/** A referral as it is stored, without its content. */
export interface StoredReferral extends Referral {
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly reference: string | null;
  readonly pathway: string | null;
  readonly areaId: string | null;
  readonly receivingOrg: string | null;
  readonly subjectName: string | null;
  readonly people: readonly string[];
  readonly dueAt: Date | number;
  readonly caseId: string | null;
  readonly clock: 'pending' | 'fired' | 'stopped' | null;
  readonly clockVersion: number;
}

/** A referral that was received: what only drafts lack is there. */
export type Received = StoredReferral & {
  readonly [K in 'reference' | 'pathway' | 'areaId' | 'receivingOrg']: string;
} & { readonly receivedAt: Date };

export interface NewReferral {
  readonly id: string;
  readonly reference: string;
  readonly pathway: string;
  readonly areaId: string;
  readonly receivingOrg: string;
  readonly receivedAt: Date;
  readonly subjectName: string | null;
  readonly people: readonly string[];
  readonly content: object;
  readonly pack: string;
  readonly dueAt: Date | null;
}

export const COLUMNS = `r.id, r.version, r.referred_by AS "referredBy", r.referring_org AS "referringOrg", r.received_at AS "receivedAt",
  r.discarded_at AS "discardedAt", r.created_at AS "createdAt", r.changed_at AS "changedAt", r.entries, r.reference, r.pathway, r.area_id AS "areaId",
  r.receiving_org AS "receivingOrg", r.subject_name AS "subjectName", r.people, r.due_at AS "dueAt", r.case_id AS "caseId",
  r.clock, r.clock_version AS "clockVersion"`;

/** Stores and finds referrals. Every statement names the grounds on which the caller may see what it touches. */
@Injectable()
export class Referrals {
  /** receive writes a new referral: the one statement of intake. False when there is a record under this id already. */
  async receive(tx: Tx, r: NewReferral, idIsTheirs: boolean): Promise<boolean> {
    const { actor } = tx;
    const values = [r.id, actor.orgId, actor.id, tx.now, ...receivedValues(r)];
    if (!idIsTheirs) {
      tx.write(RECEIVE, values, 'receive-referral'); // an id of ours is free: nobody need wait to hear so
      return true;
    }
    return (await tx.execute(`${RECEIVE} ON CONFLICT (id) DO NOTHING`, values, 'receive-referral-under-id')) === 1;
  }

  /** visible finds a referral that the caller may know of, drafts of their own included; its case only if that is theirs too. */
  async visible(tx: Tx, id: string): Promise<(StoredReferral & { content: Record<string, unknown> }) | undefined> {
    const [row] = await tx.query<StoredReferral & { content: Record<string, unknown> }>(
      `SELECT ${COLUMNS}, r.content, ${caseShown('r.case_id', 'r.receiving_org')} AS "caseId"
         FROM referral r WHERE r.id = $5 AND ${VISIBLE}`,
      [...groundsOf(tx.actor), id],
      'visible-referral',
    );
    return row;
  }

  /** accepted finds a referral that opened a case, for the service that opens it. */
  async accepted(
    tx: Tx,
    id: string,
  ): Promise<(Received & { readonly caseId: string; content: Record<string, unknown> }) | undefined> {
    const [row] = await tx.query<Received & { readonly caseId: string; content: Record<string, unknown> }>(
      `SELECT ${COLUMNS}, r.content FROM referral r WHERE r.id = $1 AND r.case_id IS NOT NULL`,
      [id],
      'accepted-referral',
    );
    return row;
  }

  /** forChange finds as `visible` does, and holds the row to the end, so that two changes of one referral cannot cross. */
  async forChange(tx: Tx, id: string): Promise<StoredReferral | undefined> {
    const [row] = await tx.query<StoredReferral>(
      `SELECT ${COLUMNS} FROM referral r WHERE r.id = $5 AND ${VISIBLE} FOR UPDATE OF r`,
      [...groundsOf(tx.actor), id],
      'referral-for-change',
    );
    return row;
  }

  /**
   * append stores what happened, and what lists repeat of it. `was` must be held by `forChange`; `rank` is the place of a
   * new colour among its scheme's. Returns the referral with the entry in it.
   */
  async append<R extends StoredReferral>(tx: Tx, was: R, entry: Entry, rank = 0): Promise<R> {
    const next = { ...evolve(was, entry), ...clockAfter(was, entry) } as R;
    const round = thisRound(next.entries);
    const restarted = entry.what === 'rated' || entry.what === 'reopened';
    await tx.execute(
      `UPDATE referral SET version = $2, changed_at = $12, entries = entries || $3::jsonb, status = $4, colour = $5, assigned_to = $6, case_id = $7,
              colour_rank = coalesce($8, colour_rank), due_at = coalesce($9, due_at), clock = $10, clock_version = $11
        WHERE id = $1`,
      [
        next.id,
        next.version,
        JSON.stringify([entry]),
        statusOf(next),
        last(round, 'rated')?.colour ?? null,
        last(next.entries, 'assigned')?.to ?? null,
        last(round, 'decided')?.caseId ?? null,
        restarted ? rank : null,
        restarted ? (entry.dueAt ?? 'infinity') : null,
        next.clock,
        next.clockVersion,
        tx.now,
      ],
      'append-to-referral',
    );
    return next;
  }
}

/** A rating starts the clock afresh; whatever ends a round of triage stops it. */
function clockAfter(was: StoredReferral, entry: Entry): Pick<StoredReferral, 'clock' | 'clockVersion'> {
  if (entry.what === 'rated' && entry.dueAt !== null) return { clock: 'pending', clockVersion: was.clockVersion + 1 };
  const ends = ['rated', 'decided', 'reopened', 'withdrawn'].includes(entry.what);
  return { clock: ends && was.clock ? 'stopped' : was.clock, clockVersion: was.clockVersion };
}

const receivedValues = (r: NewReferral): unknown[] => [
  r.reference,
  r.pathway,
  r.areaId,
  r.receivingOrg,
  r.receivedAt,
  r.subjectName,
  r.people,
  JSON.stringify(r.content),
  r.pack,
  r.dueAt ?? 'infinity',
];

const RECEIVE = `
  INSERT INTO referral (id, status, referring_org, referred_by, created_at, changed_at, reference, pathway, area_id, receiving_org, received_at,
                        subject_name, people, content, pack, due_at)
  VALUES ($1, 'received', $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;
