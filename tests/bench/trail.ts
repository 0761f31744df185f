import { Client } from 'pg';
import { parseArgs } from 'node:util';
import { Feed } from './ledger/fed';
import { round, summary } from './load';
import { startPlatform, type Pressed } from './platform';
import { without } from './population/indexes';
import type { Result } from './result';

const GOAL_MS = 500;
const ASKED = 100;
const WARM = 5;
const PAGE = 25;
const REAL = 6_000;
/** How many people, cases, members of staff and agencies the acts are spread over. */
const SPREAD = { s: 1_000_000, o: 300_000, u: 500, a: 20 } as const;
/** Those who are asked about: the first of each, who have real acts, the newest of theirs. */
const NAMED = { s: 40, o: 40, u: 40, a: 20 } as const;
type Kind = keyof typeof SPREAD;

/**
 * How long it takes over full HTTP, its own audit entry included, to ask the trail of ten million acts (or `--entries N`): by person,
 * case, member of staff, agency, all of it, what was read, what was refused, between two days, and further pages. The mass of the acts
 * is rows of the trail and of what acts mention, which is what a question is looked up in; the newest of whoever is asked about
 * are real sealed entries, which is what a page shows.
 */
export async function trail(argv: readonly string[]): Promise<Result> {
  const { values } = parseArgs({
    args: [...argv],
    options: { entries: { type: 'string', default: '10000000' } },
    strict: false,
  });
  const entries = Number(values.entries);
  const platform = await startPlatform('embedded');
  const admin = new Client({ connectionString: platform.adminUrl });
  try {
    await admin.connect();
    const began = Date.now();
    await without(admin, () => filled(admin, entries));
    await admin.query('VACUUM (ANALYZE) audit.trail, audit.mention');
    await real(platform, admin);
    const filledSeconds = Math.round((Date.now() - began) / 1000);
    const headers = { authorization: `Bearer ${await platform.token('erin')}` };
    const metrics: Record<string, number> = {};
    const all: number[] = [];
    for (const [name, query] of Object.entries(questions)) {
      const took: number[] = [];
      for (let i = 0; i < WARM + ASKED; i++) took.push(await asked(platform, headers, query(i)));
      const times = took.slice(WARM);
      all.push(...times);
      metrics[`${name} p95`] = summary(times).p95;
    }
    const { p50, p95, p99, max } = summary(all);
    return {
      name: 'trail',
      metrics: {
        ...{ entries, filledSeconds, asked: all.length, p50ms: p50, p95ms: p95, p99ms: p99, longestMs: max },
        slowestP95ms: Math.max(...Object.values(metrics)),
        ...metrics,
      },
      baseline: { goalP95ms: GOAL_MS },
      ratio: { ofGoal: round(Math.max(...Object.values(metrics)) / GOAL_MS) },
    };
  } finally {
    await admin.end().catch(() => undefined);
    await platform.stop();
  }
}

/** An id of the nth of a kind, as SQL makes it too. */
const ID = (kind: Kind, n: string): string => `md5('${kind}' || (${n}))::uuid`;
/** Of the commonest, many: the square of an even spread. */
const SKEWED = (kind: Kind, seed: number): string =>
  `floor(${SPREAD[kind]} * (((g * ${seed}::bigint) % 1000003) / 1000003.0) ^ 2)::int`;
/** Three years of acts, before those that are real. */
const AT = `timestamptz '2026-10-01' - make_interval(secs => g * 9.4)`;

async function filled(admin: Client, entries: number): Promise<void> {
  await admin.query('SET statement_timeout = 0; SET synchronous_commit = off');
  await admin.query(
    `INSERT INTO audit.trail (idx, at, action, outcome)
     SELECT -g, ${AT}, (ARRAY['case.view','case.list','referral.view','referral.rate','chronology.view','person.view','record.search','note.add'])[1 + g % 8],
            CASE WHEN g % 50 = 0 THEN 'denied' ELSE 'done' END FROM generate_series(1, ${entries}) g`,
  );
  for (const [kind, seed] of [
    ['s', 7_919],
    ['o', 104_729],
    ['u', 1_299_709],
    ['a', 15_485_863],
  ] as const)
    await admin.query(
      `INSERT INTO audit.mention (id, kind, at, idx) SELECT ${ID(kind, SKEWED(kind, seed))}, '${kind}', ${AT}, -g FROM generate_series(1, ${entries}) g`,
    );
}

/** Acts of those who are asked about, through the ledger as any other. */
async function real(platform: Pressed, admin: Client): Promise<void> {
  const { rows } = await admin.query<{ kind: Kind; ids: string[] }>(
    Object.entries(NAMED)
      .map(
        ([kind, count]) =>
          `SELECT '${kind}' AS kind, array_agg(${ID(kind as Kind, 'n')}) AS ids FROM generate_series(0, ${count - 1}) n`,
      )
      .join(' UNION ALL '),
  );
  for (const { kind, ids } of rows) named[kind] = ids;
  const pick = (kind: Kind, n: number): string => named[kind][n % named[kind].length]!;
  const feed = await Feed.of(platform, admin);
  const acts = Array.from({ length: REAL }, (_, n) =>
    feed.make({
      ...{ actor: pick('u', n), actorOrg: pick('a', n), subjects: [pick('s', n * 7)] },
      ...{
        objects: [{ t: 'case' as const, id: pick('o', n * 3) }],
        outcome: n % 10 === 0 ? ('denied' as const) : ('done' as const),
      },
    }),
  );
  for (let at = 0; at < acts.length; at += 500) await feed.give(acts.slice(at, at + 500));
  await feed.placed(acts);
}
const named: Record<Kind, string[]> = { s: [], o: [], u: [], a: [] };
const nth = (kind: Kind, i: number): string => named[kind][i % named[kind].length]!;
const today = (): string => new Date().toISOString().slice(0, 10);

const questions: Readonly<Record<string, (i: number) => string>> = {
  person: (i) => `person=${nth('s', i)}`,
  case: (i) => `case=${nth('o', i)}`,
  user: (i) => `user=${nth('u', i)}`,
  agency: (i) => `agency=${nth('a', i)}`,
  'agency, read': (i) => `agency=${nth('a', i)}&kind=read`,
  'user, refused': (i) => `user=${nth('u', i)}&kind=refused`,
  'user and agency': (i) => `user=${nth('u', i)}&agency=${nth('a', i)}`,
  'user, a day': (i) => `user=${nth('u', i)}&from=${today()}&to=${today()}`,
  all: () => 'all=true',
  'all, refused': () => 'all=true&kind=refused',
};

/** The milliseconds of one question. Throws when the page is not a full one of entries as they were sealed. */
async function asked(platform: Pressed, headers: Record<string, string>, query: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(platform.urlOf(`/api/audit/trail?${query}&limit=${PAGE}`), { headers });
  const body = (await response.json()) as { items?: { intact: boolean }[]; code?: string };
  const ms = performance.now() - began;
  if (!body.items) throw new Error(`the trail answered ${response.status} ${body.code} to ${query}`);
  if (body.items.length !== PAGE || body.items.some((i) => !i.intact))
    throw new Error(`${body.items.length} entries, or not as they were sealed: ${query}`);
  return ms;
}
