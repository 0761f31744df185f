import type { PersonDetails } from '../person';
import type { AccessLevel } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { COUNTED, countOf, Invalid, type Count } from '@concordat/platform';
import type { CaseRow } from '../visible-case';
import type { ListCasesDto, PageDto } from './cases.dto';

/** Without what is closed to the caller. */
const OPEN = 'c.id <> ALL ((SELECT hidden_cases(true))::uuid[])';
const FILTERS = '($1::text IS NULL OR c.status = $1) AND ($2::uuid IS NULL OR c.area_id = $2)';
const MINE = "p.org_id = nullif(current_setting('concordat.org', true), '')::uuid AND p.until IS NULL";

/** Cases of the caller's agency that are closed to the caller and leave a trace in its list. */
export const stubsOf = (tx: Tx): Promise<{ id: string; kind: string }[]> =>
  tx.query('SELECT case_id AS id, kind FROM stubs()', [], 'stubs');

export type CaseItem = Pick<
  CaseRow,
  'id' | 'reference' | 'version' | 'status' | 'kind' | 'areaId' | 'leadOrg' | 'openedAt' | 'subjectName' | 'level'
> & {
  /** Shown to the caller only because they may read restricted records. */
  readonly qualified: boolean;
  /** It comes from another system; no referral opened it here. */
  readonly broughtIn: boolean;
};

interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** How many there are: exact to a thousand, then only that there are more (user-interface.md §2). */
export async function countCases(tx: Tx, query: ListCasesDto): Promise<Count> {
  const { params } = filter(query);
  // Each case is looked up for its part, never the other way about: whether there is a part costs most of the time. OFFSET 0 says so.
  const filtered = `JOIN LATERAL (SELECT 1 FROM case_file c WHERE c.id = p.case_id AND ${FILTERS} OFFSET 0) c ON true`;
  const isFiltered = params.some((p) => p !== null);
  const rows = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM participation p ${isFiltered ? filtered : ''}
                                      WHERE ${MINE} AND p.case_id <> ALL ((SELECT hidden_cases(true))::uuid[]) LIMIT ${COUNTED + 1}) counted`,
    isFiltered ? params : [],
  );
  return countOf(rows[0]?.n ?? 0);
}

/** One page by keyset, forwards or backwards: a page never shifts under the reader as cases come and go. */
export async function casesOf(tx: Tx, query: ListCasesDto): Promise<Page<CaseItem>> {
  const sort = query.sort ?? '-opened';
  const column = sort.endsWith('reference') ? 'c.reference' : 'c.opened_at';
  const limit = query.limit ?? 25;
  const cursor = query.cursor ? readCursor(query.cursor, sort) : null;
  const backwards = cursor?.direction === 'previous';
  const descending = sort.startsWith('-') !== backwards;
  const { where, params } = filter(query);
  const keyset = cursor
    ? ` AND (${column}, c.id) ${descending ? '<' : '>'} ($${params.length + 1}, $${params.length + 2}::uuid)`
    : '';
  const rows = await tx.query<CaseItem & { key: string }>(
    `SELECT c.id, c.reference, c.version, c.status, c.kind, c.area_id AS "areaId", c.lead_org AS "leadOrg", c.opened_at AS "openedAt", c.referral_id IS NULL AS "broughtIn",
            CASE WHEN p.level = 'preview' THEN 'Not shown' ELSE c.subject_name END AS "subjectName", p.level, c.id = ANY ((SELECT hidden_cases(false))::uuid[]) AS qualified,
            ${column}::text AS key
       FROM participation p JOIN case_file c ON c.id = p.case_id
      WHERE ${where}${keyset} ORDER BY ${column} ${descending ? 'DESC' : 'ASC'}, c.id ${descending ? 'DESC' : 'ASC'} LIMIT ${limit + 1}`,
    cursor ? [...params, cursor.key, cursor.id] : params,
  );
  const more = rows.length > limit;
  const shown = rows.slice(0, limit);
  if (backwards) shown.reverse();
  const at = (row: (typeof shown)[number] | undefined, direction: Direction): string | null =>
    row ? Buffer.from(JSON.stringify([sort, direction, row.key, row.id])).toString('base64url') : null;
  return {
    items: shown.map(({ key: _key, ...item }) => item),
    next: (backwards ? cursor !== null : more) ? at(shown.at(-1), 'next') : null,
    previous: (backwards ? more : cursor !== null) ? at(shown[0], 'previous') : null,
  };
}

type Direction = 'next' | 'previous';

function filter(query: ListCasesDto): { where: string; params: unknown[] } {
  return {
    where: `${MINE} AND ${OPEN} AND ${FILTERS}`,
    params: [query.status ?? null, query.area ?? null],
  };
}

function readCursor(text: string, sort: string): { direction: Direction; key: string; id: string } {
  try {
    const [forSort, direction, key, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as string[];
    const isTime = sort.endsWith('opened');
    if (
      forSort === sort &&
      (direction === 'next' || direction === 'previous') &&
      key &&
      id &&
      (!isTime || !Number.isNaN(Date.parse(key))) &&
      /^[0-9a-f-]{36}$/.test(id)
    ) {
      return { direction, key, id };
    }
  } catch {
    // falls through: a cursor that we did not make
  }
  throw new Invalid([{ field: 'cursor', code: 'wrong-form', message: 'Start again from the first page' }]);
}

export interface PersonInCase extends PersonDetails {
  readonly id: string;
  readonly roles: string[];
}

export async function peopleOf(tx: Tx, caseId: string): Promise<PersonInCase[]> {
  const rows = await tx.query<{ id: string; roles: string[]; content: PersonDetails }>(
    'SELECT p.id, cp.roles, p.content FROM case_person cp JOIN person p ON p.id = cp.person_id WHERE cp.case_id = $1 ORDER BY cp.place',
    [caseId],
    'people-of-case',
  );
  return rows.map((r) => ({ ...r.content, id: r.id, roles: r.roles }));
}

/** How the people of a case are related to each other now. `from` is the `kind` of `to`. */
export function relationshipsIn(tx: Tx, caseId: string): Promise<{ from: string; to: string; kind: string }[]> {
  return tx.query(
    `SELECT r.person_id AS "from", r.other_id AS "to", r.kind FROM case_person a JOIN relationship r ON r.person_id = a.person_id
       JOIN case_person b ON b.person_id = r.other_id AND b.case_id = a.case_id
      WHERE a.case_id = $1 AND r.until IS NULL ORDER BY a.place, b.place`,
    [caseId],
    'relationships-in-case',
  );
}

export function participationsOf(
  tx: Tx,
  caseId: string,
): Promise<{ orgId: string; level: AccessLevel; from: Date; to: Date | null }[]> {
  return tx.query(
    'SELECT org_id AS "orgId", level, since AS "from", until AS "to" FROM participation WHERE case_id = $1 ORDER BY since, org_id',
    [caseId],
    'participations-of-case',
  );
}

interface TimelineItem {
  readonly at: Date;
  readonly what: string;
  readonly orgId: string | null;
  readonly by: string | null;
  readonly detail: unknown;
}

/** The timeline, newest first, by keyset. */
export async function timelineOf(
  tx: Tx,
  caseId: string,
  page: PageDto,
): Promise<{ items: TimelineItem[]; next: string | null }> {
  const limit = page.limit ?? 50;
  const before = page.cursor ? readCursor(page.cursor, 'timeline-opened') : null;
  const rows = await tx.query<TimelineItem & { seq: string; key: string }>(
    `SELECT at, what, org_id AS "orgId", by_id AS by, detail, seq, at::text AS key FROM timeline
      WHERE case_id = $1 AND ($2::timestamptz IS NULL OR (at, seq) < ($2::timestamptz, $3::bigint))
      ORDER BY at DESC, seq DESC LIMIT ${limit + 1}`,
    [caseId, before?.key ?? null, before ? Number.parseInt(before.id.slice(-12), 10) : null],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = last && rows.length > limit ? cursorAt(last.key, last.seq) : null;
  return { items: shown.map(({ seq: _seq, key: _key, ...item }) => item), next };
}

/** A timeline cursor carries its sequence number in the form of the list cursors' ids. */
const cursorAt = (key: string, seq: string): string =>
  Buffer.from(
    JSON.stringify(['timeline-opened', 'next', key, `00000000-0000-0000-0000-${seq.padStart(12, '0')}`]),
  ).toString('base64url');
