import type { ReferralStatus } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { COUNTED, countOf, Paging, type Count } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { GROUNDS, groundsOf, VISIBLE, type Side } from '../grounds';
import { filtered, isUnfiltered, orderToCountBy, sortingOf, withFound, type Found, type Match } from './conditions';
import { INSIDE, KEYS, LINE, OPEN, OUTSIDE, partsOf, SHOWN, type Part } from './parts';
import { isPlannedOnce, keptAs, PLANNED_ONCE } from './planned-once';
import type { Filters } from './worklist.dto';

/** A line of the worklist, as far as the caller's side may see it. */
export interface Item {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly pathway: string;
  readonly status: ReferralStatus;
  readonly areaId: string;
  readonly referringOrg: string;
  readonly receivingOrg: string;
  readonly receivedAt: Date;
  readonly subjectName: string | null;
  readonly caseId: string | null;
  readonly side: Side;
  readonly colour: string | null;
  readonly assignedTo: string | null;
  /** A number stands for infinity: no time limit. */
  readonly dueAt: Date | number | null;
  /** The person whom `subjectName` names. */
  readonly subjectId: string | null;
}

const FIND: Readonly<Record<Match, string>> = {
  reference: 'found_by_reference',
  words: 'found_by_words',
  likeness: 'found_by_likeness',
};
const FIND_TYPE: Readonly<Record<Match, string>> = { reference: 'text', words: 'tsquery', likeness: 'text[]' };
export interface Sought {
  readonly match: Match;
  readonly value: string | readonly string[];
}

/** A search looks at no more than the newest so many; when there are as many, there may be more, and the count says so. */
const FOUND = 2_000;

/** Lists referrals. Each part of them has an index that serves it and a limit that cuts it; the parts are merged. */
@Injectable()
export class Worklist {
  /** One page, and how many there are: exact to a thousand. */
  async list(tx: Tx, filters: Filters, limit: number, cursor: string | undefined, found?: Found) {
    const parts = found?.ids.length === 0 ? [] : await partsOf(tx, filters);
    const paging = new Paging(sortingOf(filters, found), limit, cursor);
    if (found && isUnfiltered(filters)) {
      // The index finds by the same grounds and newest first: what it found is the list, and its beginning is the first page.
      const isBeginning = cursor === undefined && filters.sort === 'received' && filters.descending;
      const beginning = { ...found, ids: found.ids.slice(0, isBeginning ? 2 * limit : undefined) };
      const count = { ...countOf(found.ids.length), ...(found.ids.length >= FOUND ? { more: true } : {}) };
      const page = await this.page(tx, filters, paging, parts, beginning);
      const isWhole = page.next !== null || beginning.ids.length === found.ids.length;
      return { page: isWhole ? page : await this.page(tx, filters, paging, parts, found), count };
    }
    const [, page, count] = await tx.atOnce(() => [
      isPlannedOnce(filters, found) ? tx.execute(PLANNED_ONCE) : Promise.resolve(0),
      this.page(tx, filters, paging, parts, found),
      this.count(tx, filters, parts, found),
    ]);
    return { page, count };
  }

  private async page(tx: Tx, filters: Filters, paging: Paging, parts: readonly Part[], found?: Found) {
    if (parts.length === 0) return { items: [], next: null, previous: null };
    const columns = KEYS[filters.sort].types.map((_, i) => `k${i + 1}`);
    const { params, conditions } = filtered(tx, filters, found);
    const selects = parts.map(({ side, from, where, inside, received }) => {
      const own = KEYS[filters.sort][inside ? 'inside' : 'outside'];
      const keys = filters.sort === 'received' ? (received ?? own) : own;
      return `(SELECT ${LINE}, '${side}' AS side, ${inside ? INSIDE : OUTSIDE}, ${keys.map((k, i) => `${k} AS k${i + 1}`).join(', ')}
                 FROM ${from} WHERE ${where} AND ${conditions} AND ${paging.where(params.length + 1, keys)}
                ORDER BY ${paging.order(keys)} LIMIT ${paging.limit + 1})`;
    });
    const sql = `${found ? withFound(params.length) : ''} SELECT ${SHOWN}, ${paging.keys(columns)} FROM (${selects.join(' UNION ALL ')}) w
        ORDER BY ${paging.order(columns)} LIMIT ${paging.limit + 1}`;
    const rows = await tx.query<Item & { keys: string[] }>(
      sql,
      [...params, ...paging.params],
      isPlannedOnce(filters, found) ? keptAs(sql) : undefined,
    );
    return paging.page(rows);
  }

  private async count(tx: Tx, filters: Filters, parts: readonly Part[], found?: Found): Promise<Count> {
    if (parts.length === 0) return countOf(0);
    const { params, conditions } = filtered(tx, filters, found);
    const selects = parts.map(
      (part) =>
        `(SELECT 1 FROM ${part.from} WHERE ${part.where} AND ${conditions} ${orderToCountBy(part, filters, found)} LIMIT ${COUNTED + 1})`,
    );
    const sql = `${found ? withFound(params.length) : ''} SELECT count(*)::int AS n FROM (SELECT FROM (${selects.join(' UNION ALL ')}) parts LIMIT ${COUNTED + 1}) counted`;
    const [row] = await tx.query<{ n: number }>(sql, params, isPlannedOnce(filters, found) ? keptAs(sql) : undefined);
    const { value, more } = countOf(row?.n ?? 0);
    return { value, more: more || (found?.ids.length ?? 0) >= FOUND };
  }

  /** The newest that the index finds, of those that the caller's organisation may have to do with. */
  async look(tx: Tx, { match, value }: Sought): Promise<Found> {
    const [row] = await tx.query<{ ids: string[] }>(
      `SELECT ARRAY(SELECT ${FIND[match]}($1::${FIND_TYPE[match]}, ${FOUND})) AS ids`,
      [value],
      `look-by-${match}`,
    );
    return { match, ids: row!.ids };
  }

  /** Whether the index finds anything that may be seen by the caller. */
  async finds(tx: Tx, sought: Sought): Promise<boolean> {
    if (sought.match === 'words') {
      const sql = 'SELECT finds_by_words($1::tsquery) AS is';
      const [row] = await tx.query<{ is: boolean }>(sql, [sought.value], 'finds-by-words');
      return row!.is;
    }
    const { ids } = await this.look(tx, sought);
    if (ids.length === 0) return false;
    const params = [...groundsOf(tx.actor), ids];
    const rows = await tx.query(
      `${withFound(params.length)} SELECT 1 FROM referral r WHERE r.id IN (SELECT id FROM found) AND ${VISIBLE} LIMIT 1`,
      params,
    );
    return rows.length > 0;
  }

  /** The numbers of the caller's day, each exact to a thousand. */
  async counts(tx: Tx): Promise<Record<string, number>> {
    const capped = (where: string): string =>
      `(SELECT count(*)::int FROM (SELECT 1 FROM referral r WHERE ${where} LIMIT ${COUNTED + 1}) counted)`;
    const { triage, referrer, author } = GROUNDS;
    const [row] = await tx.query<Record<string, number>>(
      `SELECT ${capped(`${triage} AND r.status IN ('received', 'reopened')`)} AS "awaitingTriage",
              ${capped(`${triage} AND r.assigned_to = $2 AND ${OPEN}`)} AS mine,
              ${capped(`${triage} AND r.assigned_to IS NULL AND ${OPEN}`)} AS unassigned,
              ${capped(`${triage} AND r.due_at < $5 AND ${OPEN}`)} AS overdue,
              ${capped(`(${triage} OR ${referrer}) AND r.status = 'information-requested'`)} AS "informationRequested",
              ${capped(`${author} AND r.status = 'draft'`)} AS drafts,
              ${capped(referrer)} AS made`,
      [...groundsOf(tx.actor), tx.now],
    );
    return row!;
  }
}
