import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../../faults/random';
import { closedLoopOf, median, type Outcome } from '../load';
import { findPgbench } from '../pgbench';
import { startPlatform } from '../platform';
import { content } from '../population/content';
import { generate } from '../population/generate';
import { Staff } from '../population/partnership';
import type { Result } from '../result';
import type { Contender, Doing, Operation } from './contender';
import { directus } from './directus';
import { figuresOf, type Measured, type Round } from './figures';
import { installDirectus, installParse } from './install';
import { limits, type Limiting } from './limits';
import { ours } from './ours';
import { parse } from './parse';
import { postmasterOf, processorMs, serverMs } from './processor';
import { look, NORTHBANK, type Known } from './rows';

const CLIENTS = 8;
/** Of a hundred referrals of a population, so many open a case. */
const ACCEPTED = 0.8;
const STARTS = 3;
const SETTLED_MS = 5_000;

export interface PeersOptions {
  readonly rows: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly seed: number;
  /** A population that is there already, instead of `rows`. */
  readonly population?: string;
  /** Where the others are installed, or are to be; else a folder that is thrown away. */
  readonly installed?: string;
  readonly say: (line: string) => void;
}

/** Reads them from a command line. */
export function peersOptions(argv: readonly string[]): PeersOptions {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: {
      json: { type: 'boolean' },
      rows: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '6' },
      seed: { type: 'string', default: '1' },
      population: { type: 'string' },
      installed: { type: 'string' },
    },
  });
  return {
    ...{ rows: Number(values.rows), rounds: Number(values.rounds), seconds: Number(values.seconds) },
    ...{ seed: Number(values.seed), say: (line) => console.error(line) },
    ...(values.population ? { population: resolve(values.population) } : {}),
    ...(values.installed ? { installed: resolve(values.installed) } : {}),
  };
}

/**
 * peers gives Concordat and what a user would pick instead the same task on the same rows in the same server, in turns in
 * one run: a referral made (validated, audited), one read, the newest twenty-five of those that an agency received, a search.
 * Answers are checked, access is tried, audit entries are counted.
 */
export async function peers(options: PeersOptions): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-peers-'));
  const dataDir = options.population ?? join(dir, 'population');
  const installed = options.installed ?? join(dir, 'installed');
  const stops: (() => Promise<void>)[] = [];
  try {
    mkdirSync(installed, { recursive: true });
    options.say('installing Parse Server and Directus');
    const parseMain = await installParse(installed);
    const directusMain = await installDirectus(installed).catch((e: unknown) => String(e).slice(0, 300));
    if (!existsSync(join(dataDir, 'partnership.yaml'))) {
      options.say(`making ${options.rows} referrals`);
      await generate({ cases: Math.round(options.rows * ACCEPTED), entries: 1, seed: options.seed, dataDir });
    }
    const platform = await startPlatform('embedded', dataDir);
    stops.push(() => platform.stop());
    const us = await ours(platform);
    const startMs = { ours: await started(us) };
    const { adminUrl } = platform;
    const known = await look(adminUrl, new Random(`${options.seed}/peers`));
    const areas = Staff.of(readFileSync(join(dataDir, 'partnership.yaml'), 'utf8')).leads;
    options.say(`${known.rows} rows; copying them to the others`);
    const all = [us, await parse(parseMain, dir, adminUrl, Object.fromEntries(areas))];
    stops.push(() => all[1]!.stop());
    if (typeof directusMain === 'string') options.say(`Directus is LEFT OUT: ${directusMain}`);
    else {
      if (directusMain.remark) options.say(`Directus: ${directusMain.remark}`);
      const made = await directus(directusMain, dir, adminUrl, Object.fromEntries(areas));
      stops.push(() => made.stop());
      all.push(made);
    }
    for (const other of all.slice(1)) Object.assign(startMs, { [other.name]: await started(other) });
    const at = { binary: findPgbench(), adminUrl, clients: CLIENTS, dir };
    if (!at.binary) options.say('pgbench is not on this machine: its limits are LEFT OUT');
    const limit = await limits(at, content(new Random('example'), NORTHBANK, new Date()), known.sought);
    stops.push(() => limit.stop());
    const postmaster = await postmasterOf(adminUrl);
    const measured = await inTurns({ all, limit, known, postmaster }, options);
    return { name: 'peers', ...figuresOf(all, { ...measured, startMs }, { rows: known.rows, clients: CLIENTS }) };
  } finally {
    for (const stop of stops.reverse()) await stop().catch(() => undefined);
    rmSync(dir, { recursive: true, force: true });
  }
}

async function started(contender: Contender): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) times.push(await contender.restart());
  return median(times);
}

interface Field {
  readonly all: readonly Contender[];
  readonly limit: Limiting;
  readonly known: Known;
  /** The process of the server on which everybody's database is. */
  readonly postmaster: number;
}

/** Every operation in rounds, in each round everybody once, and the limits beside them. */
async function inTurns(
  { all, limit, known, postmaster }: Field,
  options: PeersOptions,
): Promise<Omit<Measured, 'startMs'>> {
  const { rounds, seconds, say } = options;
  const random = new Random(`${options.seed}/load`);
  await new Promise((r) => setTimeout(r, SETTLED_MS));
  const idleMb = Object.fromEntries(all.map((c) => [c.name, c.residentMb() ?? 0]));
  const peakMb = { ...idleMb };
  const watch = setInterval(() => {
    for (const c of all) peakMb[c.name] = Math.max(peakMb[c.name]!, c.residentMb() ?? 0);
  }, 250).unref();
  const by: Record<string, Partial<Record<Operation, Round[]>>> = Object.fromEntries(all.map((c) => [c.name, {}]));
  const limits: Record<string, number[]> = {};
  const bound = async (of: keyof Limiting['of']): Promise<void> => {
    for (const [name, measure] of Object.entries(limit.of[of])) {
      const perSecond = await measure(seconds);
      (limits[`${name} ${of}`] ??= []).push(perSecond);
      say(`${of.padEnd(7)} ${name.padEnd(9)} ${Math.round(perSecond)}/s`);
    }
  };
  // Reading before writing: the rows are the same for all then.
  for (const operation of ['read', 'list', 'search', 'create'] as const) {
    const works = new Map<Contender, (n: number) => Doing>();
    for (const c of all) works.set(c, await worksOf(c, operation, known, random, options));
    for (const c of all) await pressed(c, works.get(c)!, seconds); // warm: compiled code, plans, caches
    for (let i = 0; i < rounds; i++) {
      for (const c of all) {
        const before = (await c.audited())[operation] ?? 0;
        const cost = costOf(c, postmaster);
        const outcome = await pressed(c, works.get(c)!, seconds);
        await c.atRest();
        const round = { ...outcome, ...cost(outcome.done) };
        await assertAudited(c, operation, before, outcome.done);
        (by[c.name]![operation] ??= []).push(round);
        say(
          `${operation.padEnd(7)} ${c.name.padEnd(9)} ${Math.round(outcome.perSecond)}/s, p50 ${outcome.p50}, p99 ${outcome.p99} ms; ${round.nodeMs.toFixed(2)} + ${round.postgresMs.toFixed(2)} ms of a processor`,
        );
      }
      await bound(operation);
      if (operation === 'read') await bound('http');
    }
  }
  clearInterval(watch);
  for (const c of all) for (const row of known.hidden) await c.hides(row);
  return { by, limits, idleMb, peakMb };
}

async function worksOf(
  c: Contender,
  operation: Operation,
  known: Known,
  random: Random,
  { say }: PeersOptions,
): Promise<(n: number) => Doing> {
  const { visible, sought } = known;
  switch (operation) {
    case 'create':
      return () => c.create(content(random, NORTHBANK, new Date()));
    case 'read':
      return (n) => c.read(visible[n % visible.length]!);
    case 'search':
      if (!sought.every((s) => s.least > 0)) say('some searches find nothing');
      return (n) => c.search(sought[n % sought.length]!);
    case 'list':
      return () => c.list(known.newest);
  }
}

/** Begins to count processor time; what it answers ends that, and shares it out. */
function costOf(c: Contender, postmaster: number): (done: number) => Pick<Round, 'nodeMs' | 'postgresMs'> {
  const [node, server] = [processorMs(c.pid()), serverMs(postmaster)];
  return (done) => ({
    nodeMs: (processorMs(c.pid()) - node) / done,
    postgresMs: (serverMs(postmaster) - server) / done,
  });
}

/** Presses one of them. @throws Error when any answer was wrong: a figure of wrong answers says nothing */
async function pressed(c: Contender, work: (n: number) => Doing, seconds: number): Promise<Outcome> {
  await c.refresh?.();
  const outcome = await closedLoopOf(c.url, CLIENTS, seconds, (connection, n) => work(n)(connection));
  if (outcome.refused > 0)
    throw new Error(`${c.name}: ${outcome.refused} wrong answers, the first: ${outcome.wrong[0]}`);
  return outcome;
}

/** @throws Error when what it logs is not on record, entry by entry */
async function assertAudited(c: Contender, operation: Operation, before: number, done: number): Promise<void> {
  const each = c.entries[operation];
  if (each === undefined) return;
  const made = ((await c.audited())[operation] ?? 0) - before;
  if (made !== done * each) throw new Error(`${c.name}: ${done} times ${operation}, but ${made} entries are on record`);
}
