import { loadPacks } from '@concordat/packs';
import { newId, referenceFrom } from '@concordat/contracts';
import type { Facts } from '@concordat/matching';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { indexEverything } from '../../apps/records/src/search/search-index';
import type { PersonDetails } from '../../apps/records/src/person';
import { round, summary } from './load';
import { Chance } from './matching/chance';
import { generated, mistyped } from './matching/generator';
import { startPlatform } from './platform';
import { Copying } from './population/copy';
import { without } from './population/indexes';
import type { Result } from './result';

/** Of the demonstration partnership: the searcher's agency takes part in two cases of three; Eastvale NHS in one of a hundred. */
const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
const HOUSING = 'dd31cbd9-2e1f-43d4-987d-a46531bde013';
const NHS = '96401213-8741-44a4-a973-8cbd523aca42';
const GOAL_MS = 100;
const CHUNK = 20_000;
const PAGE = 25;

interface Sizes {
  readonly cases: number;
  readonly people: number;
  readonly entries: number;
  readonly asked: number;
}
/** Something to search for: of what kind, by whom, and what must be among the hits, if anything must. */
interface Sought {
  readonly kind: string;
  readonly who: 'amina' | 'carys';
  readonly q: string;
  readonly id?: string;
}

/**
 * How long it takes over full HTTP, the audit entries included, to search people, cases and chronologies within what the caller
 * may see: keep the search, and read its first page. The baseline is PostgreSQL's own full text for the same words over the same
 * index, the newest first, without asking who may see them.
 */
export async function search(argv: readonly string[]): Promise<Result> {
  const sizes = sizesOf(argv);
  const platform = await startPlatform('embedded');
  const admin = new Client({ connectionString: platform.adminUrl });
  const loading = new Client({ connectionString: platform.adminUrl });
  try {
    await admin.connect();
    await loading.connect();
    const began = Date.now();
    const sought = await filled(admin, loading, sizes);
    const filledSeconds = Math.round((Date.now() - began) / 1000);
    const tokens = { amina: await platform.token('amina'), carys: await platform.token('carys') };
    const send = async (who: Sought['who'], path: string, body?: object): Promise<Record<string, unknown>> => {
      const response = await fetch(`${platform.urlOf('')}/api/records/searches${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${tokens[who]}`,
          ...(body ? { 'content-type': 'application/json', 'idempotency-key': newId() } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      if (!response.ok) throw new Error(`a search answered ${response.status} ${String(answer['code'])}`);
      return answer;
    };
    const ask = async ({ who, q, id, kind }: Sought): Promise<number> => {
      const at = performance.now();
      const { searchId } = await send(who, '', { q });
      const { items } = (await send(who, `/${String(searchId)}?limit=${PAGE}`)) as { items: { id: string }[] };
      const ms = performance.now() - at;
      if (items.length === 0 || (id && !items.some((i) => i.id === id)))
        throw new Error(`a search by ${kind} did not find what it should`);
      return ms;
    };
    for (const each of sought.filter((_, i) => i % 10 === 0)) await ask(each); // some of every kind, to warm up
    const before = await acts(admin);
    const took = new Map<string, number[]>();
    const raw: number[] = [];
    for (const each of sought) {
      took.set(each.kind, [...(took.get(each.kind) ?? []), await ask(each)]);
      if (each.kind.startsWith('words')) raw.push(await rawFullText(admin, each.q));
    }
    if ((await acts(admin)) - before !== 2 * sought.length) throw new Error('a search is not on record');
    const all = summary([...took.values()].flat());
    const words = summary([...took].filter(([kind]) => kind.startsWith('words')).flatMap(([, ms]) => ms));
    const plain = summary(raw);
    return {
      name: 'search',
      metrics: {
        ...{ cases: sizes.cases, people: sizes.people, entries: sizes.entries, asked: sought.length, filledSeconds },
        ...{ p50ms: round(all.p50), p95ms: round(all.p95), p99ms: round(all.p99), longestMs: round(all.max) },
        [`${sizes.cases} cases p95`]: round(all.p95), // the goal is of one size
        ...Object.fromEntries([...took].map(([kind, ms]) => [`${kind} p95`, round(summary(ms).p95)])),
      },
      baseline: { goalP95ms: GOAL_MS, 'pg words p50': round(plain.p50), 'pg words p95': round(plain.p95) },
      ratio: { ofGoal: round(all.p95 / GOAL_MS), 'pg to words p50': round(plain.p50 / words.p50) },
    };
  } finally {
    await loading.end().catch(() => undefined);
    await admin.end().catch(() => undefined);
    await platform.stop();
  }
}

function sizesOf(argv: readonly string[]): Sizes {
  const options = {
    cases: { type: 'string', default: '300000' },
    people: { type: 'string', default: '1000000' },
    entries: { type: 'string', default: '3000000' },
    asked: { type: 'string', default: '400' },
  } as const;
  const { values } = parseArgs({ args: argv.filter((a) => a !== 'search' && a !== '--json'), options });
  const sizes = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
  return sizes as unknown as Sizes;
}

async function rawFullText(admin: Client, q: string): Promise<number> {
  const at = performance.now();
  await admin.query(
    `SELECT id, ts_headline('english', (SELECT e.content->>'fact' FROM records.chronology_entry e WHERE e.id = f.id), q)
       FROM websearch_to_tsquery('english', $1) q, LATERAL (
         SELECT id FROM records.search_text WHERE terms @@ q ORDER BY at DESC, id DESC LIMIT ${PAGE}) f`,
    [q],
  );
  return performance.now() - at;
}

const acts = async (admin: Client): Promise<number> =>
  Number(
    (
      await admin.query<{ n: string }>(
        `SELECT count(*) AS n FROM records.act WHERE convert_from(body, 'UTF8') LIKE '%"action":"record.search"%'`,
      )
    ).rows[0]!.n,
  );

/** Words of which the first is in one entry of five and the last in hardly any. */
const SYLLABLES = 'ba ce di fo gu la me ni po ru sa te vi zo'.split(' ');
const WORDS = Array.from({ length: 14 ** 3 * 4 }, (_, i) =>
  [i % 14, Math.floor(i / 14) % 14, Math.floor(i / 196) % 14, Math.floor(i / 2_744) + 3]
    .map((n) => SYLLABLES[n])
    .join(''),
);
const IN_AN_ENTRY = 40;
/** Ranks of words that are searched for: in everything, in much, in little, in hardly anything. */
const COMMON = [0, 40, 400, 4_000];

/** Fills records' tables and makes all of it findable by the product's own index. Answers with what to search for. */
async function filled(admin: Client, loading: Client, sizes: Sizes): Promise<Sought[]> {
  await loading.query('SET synchronous_commit = off; SET statement_timeout = 0');
  await admin.query('SET statement_timeout = 0');
  const copying = new Copying(loading);
  const sought: Sought[] = [];
  await without(admin, async () => {
    await people(copying, sizes, sought);
    await copying.flush();
  });
  await admin.query('SET search_path = records, public');
  const { rows: indexes } = await admin.query<{ name: string; made: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made FROM pg_index
      WHERE indrelid IN ('search_person'::regclass, 'search_text'::regclass) AND NOT indisprimary`,
  );
  for (const { name } of indexes) await admin.query(`DROP INDEX ${name}`);
  await indexEverything(async (sql, params) => (await admin.query(sql, params)).rows as never[]);
  for (const { made } of indexes) await admin.query(made);
  await admin.query('VACUUM (ANALYZE) search_person, search_text');
  await admin.query('ANALYZE person, case_person, participation, case_file, chronology_entry');
  await admin.query('RESET search_path');
  const kinds = [...new Set(sought.map((s) => s.kind))];
  const each = Math.ceil(sizes.asked / kinds.length);
  return kinds.flatMap((kind) => {
    const own = sought.filter((s) => s.kind === kind);
    const step = Math.max(1, Math.floor(own.length / each));
    return own.filter((_, i) => i % step === 0).slice(0, each);
  });
}

async function people(copying: Copying, { cases, people: wanted, entries }: Sizes, sought: Sought[]): Promise<void> {
  const { nicknames } = loadPacks('packs/england-wales').matching();
  const rows = {
    case: copying.into(
      'records.case_file',
      'id, reference, status, kind, area_id, lead_org, referral_id, opened_at, subject_name',
    ),
    person: copying.into('records.person', 'id, content'),
    casePerson: copying.into('records.case_person', 'case_id, person_id, place, roles'),
    participation: copying.into('records.participation', 'case_id, org_id, level, since, changed_by'),
    entry: copying.into(
      'records.chronology_entry',
      'id, version, case_id, org_id, by_id, first_recorded_at, recorded_at, what, content, category, pack, earliest, latest',
    ),
  };
  const chance = new Chance(9);
  const began = Date.parse('2024-01-01T00:00:00Z');
  let [made, written] = [0, 0];
  let current = { id: '', isSeen: false, isNhs: false };
  const open = (n: number): void => {
    current = { id: newId(), isSeen: chance.happens(0.67), isNhs: chance.happens(0.01) };
    const at = new Date(began + n * 60_000).toISOString();
    const lead = current.isSeen ? COUNCIL : HOUSING;
    const reference = referenceFrom('C', BigInt(n + 1));
    rows.case(current.id, reference, 'open', 'domestic-abuse', COUNCIL, lead, newId(), at, 'Somebody');
    rows.participation(current.id, lead, 'lead', at, COUNCIL);
    if (current.isNhs) rows.participation(current.id, NHS, 'contributor', at, COUNCIL);
    if (current.isSeen && n % 50 === 0) sought.push({ kind: 'reference', who: 'amina', q: reference, id: current.id });
    for (; written < ((n + 1) * entries) / cases; written++) {
      const day = new Date(began + n * 60_000 + written).toISOString();
      const fact = Array.from({ length: IN_AN_ENTRY }, () => chance.zipf(WORDS, 20)).join(' ');
      const content = { starts: day.slice(0, 10), category: 'incident', fact };
      rows.entry(newId(), 1, current.id, lead, COUNCIL, day, day, 'recorded', content, 'incident', 'x', day, day);
    }
  };
  let opened = 0;
  for (let chunk = 0; made < wanted; chunk++) {
    const size = Math.min(CHUNK, wanted - made);
    for (const { facts } of generated(2_000 + chunk, size, nicknames, { duplicates: 0, among: wanted })) {
      if (made * cases >= opened * wanted) open(opened++);
      const id = newId();
      rows.person(id, detailsOf(facts));
      rows.casePerson(current.id, id, made % 50, ['subject']);
      if (current.isSeen && made % 211 === 0) sought.push(...byPerson(chance, facts, id, 'amina'));
      if (current.isNhs && made % 3 === 0) sought.push(...byPerson(chance, facts, id, 'carys'));
      made++;
    }
    await copying.keepUp();
  }
  for (const who of ['amina', 'carys'] as const)
    for (let i = 0; i < 30; i++)
      sought.push(
        ...COMMON.slice(0, who === 'amina' ? 4 : 3).map((rank): Sought => ({
          kind: `words ${rank}${who === 'carys' ? ' small agency' : ''}`,
          who,
          q: WORDS[rank + (i % 10)]!,
        })),
        { kind: 'words two', who: 'amina', q: `${WORDS[i % 10]} ${WORDS[40 + i]}` },
      );
}

/** What somebody may type who looks for this person; only what tells them from their namesakes must find them. */
function byPerson(chance: Chance, facts: Facts, id: string, who: Sought['who']): Sought[] {
  const { given = '', family = '' } = facts.names?.[0] ?? {};
  const [birth, phone, place] = [facts.births?.[0]?.value, facts.phones?.[0], facts.places?.[0]?.postcode];
  if (!/^[A-Za-z']+$/.test(given) || !/^[A-Za-z']+$/.test(family) || birth?.length !== 10) return [];
  const name = `${given} ${family}`;
  return [
    { kind: 'name', who, q: name },
    { kind: 'surname', who, q: family },
    { kind: 'initial', who, q: `${given.slice(0, 1)} ${family}` },
    { kind: 'name turned, born', who, q: `${family} ${given} ${birth.split('-').reverse().join('/')}`, id },
    { kind: 'slip, born', who, q: `${given} ${slipped(chance, family)} ${birth.split('-').reverse().join('/')}`, id },
    ...(phone ? [{ kind: 'phone', who, q: phone }] : []),
    ...(place ? [{ kind: 'postcode', who, q: place }] : []),
  ];
}

/** Long enough to be known again, and not as another name begins. */
const slipped = (chance: Chance, name: string): string =>
  name.length < 5 ? name : name.slice(0, 2) + mistyped(chance, name.slice(2));

/** Facts in the shape of what is known of a person. */
const detailsOf = (facts: Facts): PersonDetails => ({
  name: { given: facts.names?.[0]?.given ?? '', family: facts.names?.[0]?.family ?? '' },
  datesOfBirth: (facts.births ?? []).map(({ value }) => ({ value })),
  addresses: (facts.places ?? []).map(({ postcode, lines }) => ({
    ...(postcode ? { postcode } : {}),
    lines: lines ?? [],
  })),
  phones: facts.phones ?? [],
  identifiers: (facts.identifiers ?? []).map(({ value }) => ({ kind: 'nhs-number', value })),
});
