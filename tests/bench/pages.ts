import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { closedLoopOf, Connection, round, type Answer } from './load';
import { startPlatform } from './platform';
import { generate } from './population/generate';
import type { Result } from './result';
import { signedInCookie } from './signed-in-cookie';

/** Pages as people open them: a lead, a coordinator, an administrator, an auditor. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  amina: [
    ...['/', '/messages', '/messages/settings', '/triage', '/cases'],
    ...['/deadlines', '/deadlines?whose=team', '/deadlines?whose=agency', '/deadlines?whose=partnership'],
    ...['/deadlines?whose=agency&state=overdue', '/deadlines?whose=agency&state=ended'],
    ...['/deadlines/calendar', '/deadlines/calendar?whose=agency', '/deadlines/calendar?whose=partnership'],
    ...['/insight', '/insight/referrals', '/insight/triage', '/insight/repeats', '/insight/actions', '/insight/forums'],
    ...['/insight/hand-overs', '/insight/asb', '/insight/agreements', '/insight/missed', '/insight/packs'],
  ],
  idris: ['/deadlines/partnership'],
  lena: [
    ...['/administration', '/administration/people', '/administration/roles', '/administration/packs'],
    ...['/administration/register/organisations', '/administration/register/areas', '/administration/clients'],
    ...['/administration/webhooks', '/administration/message-failures', '/administration/health'],
    ...['/administration/work', '/administration/held-up', '/administration/acts'],
  ],
  erin: ['/audit'],
};
const SECONDS_EACH = 3;

/**
 * Every page of what is due, of messages, of figures and of administration, in a partnership of many cases: one asker, one page after
 * another, whole and with its entry in the trail. Throws when one is answered otherwise than with a page.
 */
export async function pages(argv: readonly string[]): Promise<Result> {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: {
      json: { type: 'boolean' },
      size: { type: 'string', default: '300000' },
      seed: { type: 'string', default: '1' },
      populations: { type: 'string' },
    },
  });
  const size = Number(values.size);
  const kept = values.populations ? join(resolve(values.populations), `${size}-${values.seed}`) : null;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'concordat-population-'));
  try {
    if (!existsSync(join(dataDir, 'partnership.yaml')))
      await generate({ cases: size, seed: Number(values.seed), dataDir });
    const platform = await startPlatform('embedded', dataDir);
    try {
      return await measure(platform.urlOf('/'), size);
    } finally {
      await platform.stop();
    }
  } finally {
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(url: string, size: number): Promise<Result> {
  const metrics: Record<string, number> = {};
  const slowest = { p95: 0, page: '' };
  for (const [who, paths] of Object.entries(PAGES)) {
    const cookie = await signedInCookie(url, who);
    const get = (connection: Connection, path: string): Promise<Answer> =>
      connection.send({ method: 'GET', path, headers: { cookie } });
    const all = who === 'amina' ? [...paths, await aCase(url, get)] : paths;
    for (const path of all) {
      await once(url, get, path); // it is warm
      const done = await closedLoopOf(url, 1, SECONDS_EACH, async (connection) => {
        const { status } = await get(connection, path);
        return status === 200 ? null : `${path} answered ${status}`;
      });
      if (done.wrong.length > 0) throw new Error(`${done.wrong.length} went wrong, the first: ${done.wrong[0]}`);
      const page = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'one');
      metrics[`${page} p50`] = round(done.p50);
      metrics[`${page} p95`] = round(done.p95);
      if (done.p95 > slowest.p95) Object.assign(slowest, { p95: done.p95, page });
    }
  }
  console.error(`The slowest: ${slowest.page}`);
  metrics[`${size} slowest p95`] = round(slowest.p95);
  return { name: 'pages', metrics, baseline: { goalP95ms: 300 }, ratio: {} };
}

type Get = (connection: Connection, path: string) => Promise<Answer>;

async function once(url: string, get: Get, path: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const connection = new Connection(hostname, Number(port));
  try {
    const { status, body } = await get(connection, path);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return body;
  } finally {
    connection.close();
  }
}

/** The page of the first case of the list. */
async function aCase(url: string, get: Get): Promise<string> {
  const [path] = /\/cases\/[0-9a-f]{8}-[0-9a-f-]{27}/.exec(await once(url, get, '/cases')) ?? [];
  if (!path) throw new Error('there is no case to open');
  return path;
}
