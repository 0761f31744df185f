import { Visitors } from '@concordat-app/all-in-one';
import { readFileSync } from 'node:fs';
import type { Platform } from '../../../tools/services/platform';
import { query } from '../curtain';
import type { Operation, Pool } from './requests';
import type { Schema, Schemas } from './schema';

/** People of every kind of agency and role. */
export const CALLERS = [
  ...['hana', 'amina', 'bevan', 'carys', 'dov', 'erin', 'farid', 'gwen'],
  ...['kit', 'moss', 'quinn', 'tomas', 'una', 'wren', 'zola', 'idris', 'yusuf', 'ines', 'jo'],
] as const;

const content = JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8')) as object;

/** Bodies that the operation at the end of a path would understand. */
const EXAMPLES: readonly (readonly [RegExp, readonly unknown[]])[] = [
  [/referrals$|drafts$|drafts\/\{id\}$/, [{ content }, { content: { pathway: 'hate-crime' } }]],
  [/ratings$/, [{ colour: 'red' }, { colour: 'green', rationale: 'It has changed' }]],
  [/assignment$/, [{ assignedTo: null }]],
  [/notes$|feedback$/, [{ text: 'Rang back' }]],
  [/information-requests$/, [{ question: 'Where is she now?' }]],
  [/information-returns$/, [{ answer: 'At her sister’s' }]],
  [/decisions$/, [{ outcome: 'accept' }, { outcome: 'no-further-action', reason: 'duplicate', rationale: 'Known' }]],
  [/reopenings$|withdrawals$/, [{ reason: 'new-information', rationale: 'He is back' }]],
  [/searches$/, [{ q: 'Castellan' }]],
  [/participations$/, [{ orgId: '00000000-0000-4000-8000-000000000000', level: 'reader' }]],
  [/exports$/, [{ all: true }, { user: '00000000-0000-4000-8000-000000000000', from: '2026-01-01' }]],
  [/members$|\{orgId\}$/, [{ roles: ['practitioner'], areas: [] }]],
];

interface Described {
  readonly paths: Readonly<Record<string, Record<string, DescribedOperation>>>;
  readonly components: { readonly schemas: Schemas };
}
interface DescribedOperation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}

/** Every operation that the platform describes. */
export async function operationsOf(platform: Platform): Promise<Operation[]> {
  return operationsIn(await descriptionOf(platform));
}

async function descriptionOf(platform: Platform): Promise<Described> {
  return (await (await fetch(platform.urlOf('/api/openapi.json'))).json()) as Described;
}

function operationsIn({ paths }: Described): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method,
      path,
      query: parameters.filter((p) => p.in === 'query').map((p) => p.name),
      examples: EXAMPLES.find(([end]) => end.test(path))?.[1] ?? [],
      schema: requestBody?.content['application/json'].schema ?? null,
    })),
  );
}

/** Who may ask, and about what: tokens of the callers, and the ids of everything there is. */
export async function poolOf(platform: Platform): Promise<Pool> {
  const visitors = new Visitors(platform);
  const tokens = new Map<string, string>();
  for (const who of CALLERS) tokens.set(who, await visitors.tokenFor(who));
  const rows = await query<{ id: string }>(
    platform,
    `SELECT id FROM referrals.referral UNION SELECT id FROM records.case_file UNION SELECT id FROM records.person
      UNION SELECT user_id FROM identity.membership UNION SELECT org_id FROM identity.membership
      UNION SELECT id FROM identity.area_detail UNION SELECT id FROM reviews.review UNION SELECT id FROM reviews.recommendation
      UNION SELECT id FROM risk.forum UNION SELECT id FROM sharing.agreement UNION (SELECT event_id FROM audit.entry ORDER BY idx LIMIT 60) ORDER BY 1`,
  );
  const described = await descriptionOf(platform);
  return {
    operations: operationsIn(described),
    schemas: described.components.schemas,
    tokens,
    ids: rows.map((r) => r.id),
  };
}

export const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Which organisations take part in each case, now. */
export async function partsOf(platform: Platform): Promise<Map<string, Set<string>>> {
  const rows = await query<{ id: string; orgs: string[] }>(
    platform,
    `SELECT f.id, coalesce(array_agg(p.org_id::text) FILTER (WHERE p.until IS NULL), '{}') AS orgs
       FROM records.case_file f LEFT JOIN records.participation p ON p.case_id = f.id GROUP BY f.id`,
  );
  return new Map(rows.map((r) => [r.id, new Set(r.orgs)]));
}

/** Organisations that each caller belongs to. */
export async function orgsOf(platform: Platform): Promise<Map<string, Set<string>>> {
  const rows = await query<{ username: string; orgs: string[] }>(
    platform,
    `SELECT a.username, array_agg(m.org_id::text) AS orgs FROM identity.staff a
       JOIN identity.membership m USING (user_id) GROUP BY a.username`,
  );
  return new Map(rows.map((r) => [r.username, new Set(r.orgs)]));
}

/** Who reviews what was opened in an emergency, of whichever agencies: they see which case it was. */
export async function overseersOf(platform: Platform): Promise<Set<string>> {
  const rows = await query<{ username: string }>(
    platform,
    `SELECT a.username FROM identity.staff a JOIN identity.membership m USING (user_id)
      WHERE m.roles && '{information-governance-lead,auditor}'::text[]`,
  );
  return new Set(rows.map((r) => r.username));
}
