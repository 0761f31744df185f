import type { ContextName } from '@concordat/contracts';
import type { Client } from 'pg';
import type { Fold } from './evidence';

/** Events of a context as a table of their data, newest of each key only where `latest` says so. */
const events = (context: string, type: string): string =>
  `SELECT o.stream_version, o.seq, o.stream_id, convert_from(o.body, 'UTF8')::jsonb -> 'data' AS d FROM ${context}.outbox o
    WHERE convert_from(o.body, 'UTF8')::jsonb ->> 'type' = '${context}.${type}'`;
const latest = (context: string, type: string, keys: readonly string[]): string =>
  `SELECT DISTINCT ON (${keys.map((k) => `d ->> '${k}'`).join(', ')}) d FROM (${events(context, type)}) e
    ORDER BY ${keys.map((k) => `d ->> '${k}'`).join(', ')}, seq DESC`;
const uuids = (field: string): string =>
  `(SELECT string_agg(v, '+' ORDER BY v) FROM jsonb_array_elements_text(d -> '${field}') v)`;
const sorted = (column: string): string =>
  `(SELECT string_agg(v::text, '+' ORDER BY v::text) FROM unnest(${column}) v)`;

/** A name, the query that folds the log afresh, and the query for what the handlers have left. Both give one text column. */
const folds = (contexts: readonly ContextName[]): (readonly [name: string, expected: string, found: string])[] => [
  [
    'cases of records',
    `SELECT concat_ws('/', d ->> 'caseId', d ->> 'referralId', d ->> 'leadOrg', d ->> 'areaId') FROM (${events('referrals', 'referral-accepted.v1')}) e`,
    `SELECT concat_ws('/', id, referral_id, lead_org, area_id) FROM records.case_file`,
  ],
  [
    'events of opened cases',
    `SELECT concat_ws('/', d ->> 'caseId', d ->> 'referralId') FROM (${events('referrals', 'referral-accepted.v1')}) e`,
    `SELECT concat_ws('/', d ->> 'caseId', d ->> 'referralId') FROM (${events('records', 'case-opened.v1')}) e`,
  ],
  [
    'participations of records',
    `SELECT concat_ws('/', d ->> 'caseId', d ->> 'orgId', d ->> 'level') FROM (${latest('records', 'case-access-changed.v1', ['caseId', 'orgId'])}) e WHERE d ->> 'to' IS NULL`,
    `SELECT concat_ws('/', case_id, org_id, level) FROM records.participation WHERE until IS NULL`,
  ],
  [
    'case access of referrals',
    `SELECT concat_ws('/', d ->> 'caseId', d ->> 'orgId', d ->> 'level', d ->> 'to' IS NOT NULL) FROM (${latest('records', 'case-access-changed.v1', ['caseId', 'orgId'])}) e`,
    `SELECT concat_ws('/', case_id, org_id, level, until IS NOT NULL) FROM referrals.case_access`,
  ],
  [
    'versions of referrals',
    // A passed clock is no change that anybody made; everything else is one version and one event.
    `SELECT concat_ws('/', stream_id, count(*)) FROM referrals.outbox
      WHERE convert_from(body, 'UTF8')::jsonb ->> 'type' <> 'referrals.triage-clock-passed.v1' GROUP BY stream_id`,
    `SELECT concat_ws('/', id, version) FROM referrals.referral WHERE received_at IS NOT NULL`,
  ],
  [
    'findable referrals',
    `SELECT d ->> 'referralId' FROM (${events('referrals', 'referral-submitted.v1')}) e`,
    `SELECT referral_id::text FROM referrals.referral_search`,
  ],
  [
    'people whom each agency may find',
    `SELECT DISTINCT concat_ws('/', p.v, a.d ->> 'orgId') FROM (${events('records', 'case-opened.v1')}) o
      CROSS JOIN LATERAL jsonb_array_elements_text(o.d -> 'people') AS p(v)
       JOIN (${latest('records', 'case-access-changed.v1', ['caseId', 'orgId'])}) a ON a.d ->> 'caseId' = o.d ->> 'caseId'
      WHERE a.d ->> 'to' IS NULL AND a.d ->> 'level' <> 'preview'`,
    `SELECT concat_ws('/', s.person_id, substr(t.lexeme, 3)) FROM records.search_person s CROSS JOIN LATERAL unnest(s.terms) t
      WHERE t.lexeme LIKE 'a:%'`,
  ],
  ...contexts.flatMap((context) => [
    [
      `members known to ${context}`,
      `SELECT concat_ws('/', d ->> 'userId', d ->> 'orgId', ${uuids('roles')}, ${uuids('areas')}, d ->> 'active') FROM (${latest('identity', 'membership-changed.v1', ['userId', 'orgId'])}) e`,
      `SELECT concat_ws('/', user_id, org_id, ${sorted('roles')}, ${sorted('areas')}, active::text) FROM ${context}.member`,
    ] as const,
    [
      `organisations and areas known to ${context}`,
      `SELECT concat_ws('/', d ->> 'orgId', d ->> 'active') FROM (${latest('identity', 'organisation-changed.v1', ['orgId'])}) e
        UNION ALL SELECT concat_ws('/', d ->> 'areaId', d ->> 'leadOrg', d ->> 'active') FROM (${latest('identity', 'area-changed.v1', ['areaId'])}) e`,
      `SELECT concat_ws('/', org_id, active::text) FROM ${context}.organisation
        UNION ALL SELECT concat_ws('/', area_id, lead_org, active::text) FROM ${context}.area`,
    ] as const,
  ]),
];

/** foldsOf folds the log afresh and reads beside it what the handlers have made of it (events.md I6). */
export async function foldsOf(db: Client, contexts: readonly ContextName[]): Promise<Fold[]> {
  const texts = async (sql: string): Promise<string[]> =>
    (await db.query<{ text: string }>(`SELECT q.text FROM (${sql}) AS q(text)`)).rows.map((r) => r.text);
  const all: Fold[] = [];
  for (const [name, expected, found] of folds(contexts))
    all.push({ name, expected: await texts(expected), found: await texts(found) });
  return all;
}
