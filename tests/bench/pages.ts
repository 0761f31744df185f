import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Connection, round, summary, type Answer } from './load';
import { startPlatform } from './platform';
import type { Result } from './result';
import { signedInCookie } from './signed-in-cookie';

const GOAL_MS = 300;
const WARM = 2;
/** Links followed from home, and from there once more. */
const DEPTH = 2;
/** Somebody of every kind of work: what a page costs depends on what they may see. */
const PERSONAS = ['amina', 'farid', 'idris', 'erin', 'lena', 'xanthe', 'wren'];
/** What is reached by a form, or is what a form asks for. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  amina: [
    ...['/deadlines?whose=team', '/deadlines?whose=agency', '/deadlines?whose=partnership'],
    ...['/deadlines?whose=agency&state=overdue', '/deadlines?whose=agency&state=ended'],
    ...['/deadlines/calendar?whose=agency', '/deadlines/calendar?whose=partnership'],
  ],
};
/** Not pages: files, what ends a session, and what leads elsewhere. */
const PASSED_OVER = /^\/(assets|api|oidc|sign-|health|subscri)|[.](csv|pdf|ics|zip|json)\b|[?&](page|cursor|after)=/;

/**
 * Every page that somebody can reach by two links from home, asked for in turn on a population of any size: `--population DIR`
 * (`npm run bench -- generate` makes one), `--asked 20` times each. One page of each kind: ids and what is filtered by count as one.
 * Links that lead on to another page are not timed, those that lead nowhere are told, and a failure ends the run.
 */
export async function pages(argv: readonly string[]): Promise<Result> {
  const { values } = parseArgs({
    args: [...argv],
    options: { population: { type: 'string' }, asked: { type: 'string', default: '20' } },
    strict: false,
  });
  const population = values.population === undefined ? undefined : resolve(String(values.population));
  const known = population ? new Set(personasOf(population)) : null;
  const platform = await startPlatform('embedded', population);
  try {
    const times: Record<string, number[]> = {};
    for (const persona of PERSONAS.filter((name) => known?.has(name) ?? true)) {
      const headers = { cookie: await signedInCookie(platform.urlOf('/'), persona) };
      const { hostname, port } = new URL(platform.urlOf('/'));
      const connection = new Connection(hostname, Number(port));
      try {
        const get = async (path: string): Promise<Answer> => {
          const answer = await connection.send({ method: 'GET', path, headers });
          if (answer.status >= 500) throw new Error(`${kindOf(path)} answered ${persona} with ${answer.status}`);
          return answer;
        };
        for (const path of [...(await reached(get)), ...(ALSO[persona] ?? [])]) {
          const took: number[] = [];
          for (let i = 0; i < WARM + Number(values.asked); i++) took.push((await get(path)).ms);
          times[`${persona} ${ALSO[persona]?.includes(path) ? path : kindOf(path)}`] = took.slice(WARM);
        }
      } finally {
        connection.close();
      }
    }
    return told(times);
  } finally {
    await platform.stop();
  }
}

/** One page of each kind that links lead to, home first. */
async function reached(get: (path: string) => Promise<Answer>): Promise<string[]> {
  const seen = new Set(['/']);
  const found: string[] = [];
  let front = ['/'];
  for (let depth = 0; depth <= DEPTH; depth++) {
    const next: string[] = [];
    for (const path of front) {
      const { status, body } = await get(path);
      if (status >= 400) console.error(`a link leads to ${status}: ${kindOf(path)}`);
      if (status !== 200) continue;
      found.push(path);
      const fresh = linksOf(body).filter((link) => !seen.has(kindOf(link)) && seen.add(kindOf(link)));
      next.push(...fresh);
    }
    front = next;
  }
  return found;
}

const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a\s[^>]*href="(\/[^"#]*)/g)]
    .map(([, href]) => href!.replaceAll('&amp;', '&'))
    .filter((href) => !PASSED_OVER.test(href) && !/download|[/]csv$/.test(href.replace(/[?].*/, '')));

/** A path with its ids, and what it is filtered by, left out: no name or number of anybody is told. */
const kindOf = (path: string): string =>
  path
    .replace(/[?].*$/, '')
    .replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}/g, '/:id')
    .replace(/\/\d[\d-]*(?=\/|$)/g, '/:n');

const personasOf = (population: string): string[] =>
  [...readFileSync(join(population, 'partnership.yaml'), 'utf8').matchAll(/"username": "([^"]+)"/g)].map(([, n]) => n!);

function told(times: Readonly<Record<string, readonly number[]>>): Result {
  const p95 = Object.entries(times).map(([page, took]) => [page, summary(took).p95] as const);
  p95.sort(([, a], [, b]) => b - a);
  const all = summary(Object.values(times).flat());
  const [slowest = ['', NaN]] = p95;
  for (const [page, ms] of p95.slice(0, 15)) console.error(`${String(ms).padStart(8)} ms  ${page}`);
  return {
    name: 'pages',
    metrics: {
      ...{ pages: p95.length, p50ms: all.p50, p95ms: all.p95, p99ms: all.p99, longestMs: all.max },
      ...{ slowestP95ms: slowest[1], over300: p95.filter(([, ms]) => ms > GOAL_MS).length },
      ...Object.fromEntries(p95.slice(0, 8).map(([page, ms]) => [`${page} p95`, ms])),
    },
    baseline: { goalP95ms: GOAL_MS },
    ratio: { ofGoal: round(slowest[1] / GOAL_MS) },
  };
}
