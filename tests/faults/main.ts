import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs from 'kafkajs/package.json';
import { kafkaVersion } from '../../tools/infrastructure';
import { repositoryRoot } from '../../tools/infrastructure/cache';
import { BadUsage, readOptions, type Options } from './options';
import { settleClaims } from './claims/run';
import { runControls } from './controls/run';
import type { InsideSettings } from './inside/settings';
import { isGreen } from './invariants/check';
import { startEmbedded } from './platform/embedded';
import { startServices } from './platform/services';
import type { Platform } from './platform/platform';
import { Reaper } from './platform/reaper';
import { Snapshot } from './platform/snapshot';
import { controlsText, json, text } from './report';
import { run, type Place } from './run';
import { schedule } from './schedule';

/** Seconds until a triage clock runs out, where hours are the practice. */
const CLOCK_SECONDS = [3, 15] as const;
const HICCUPS = { handling: 0.002, receiving: 0.002 };

/** `npm run faults`: 0 when every invariant holds, 1 when one does not, 2 for arguments that make no sense. */
async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  const dir = mkdtempSync(join(tmpdir(), 'concordat-faults-'));
  chmodSync(dir, 0o711); // PostgreSQL, which never runs as root, must be able to pass
  const out = options.out ?? dir;
  mkdirSync(out, { recursive: true });
  const snapshot = new Snapshot(repositoryRoot());
  try {
    const place: Place = { dir, built: snapshot.built, say: (line) => console.log(line) };
    console.log(`Seed ${options.seed}, mode ${options.mode}, ${options.seconds} s. Working in ${dir}`);
    if (options.claims) {
      const settled = await settleClaims(dir, place.say);
      const on = { kafka: kafkaVersion(), kafkajs: kafkajs.version, node: process.version };
      writeFileSync(join(out, 'claims.json'), `${JSON.stringify({ ...on, settled }, null, 2)}\n`);
      console.log(`JSON: ${join(out, 'claims.json')}`);
      return 0;
    }
    if (options.controls) return await allControls(options, place, join(out, `controls-${options.mode}.json`));
    const green = await oneRun(options, place, join(out, `faults-${options.mode}-${options.seed}.json`));
    for (const name of ['data', 'ground'])
      if (green && !options.keep) rmSync(join(dir, name), { recursive: true, force: true });
    return green ? 0 : 1;
  } finally {
    snapshot.remove();
  }
}

async function allControls(options: Options, place: Place, jsonFile: string): Promise<number> {
  const reaper = new Reaper();
  const verdicts = await runControls(
    options,
    place,
    (without, hiccups, dir) =>
      start(options, dir, reaper, { clockSeconds: CLOCK_SECONDS, hiccups, without }, place.built),
    (sofar) =>
      writeFileSync(
        jsonFile,
        `${JSON.stringify({ mode: options.mode, seed: options.seed, verdicts: sofar }, null, 2)}\n`,
      ),
  );
  reaper.dismiss();
  for (const line of controlsText(verdicts)) console.log(line);
  console.log(`JSON: ${jsonFile}`);
  return verdicts.every((v) => v.passed) ? 0 : 1;
}

function start(
  { mode, brokers }: Options,
  dir: string,
  reaper: Reaper,
  inside: Omit<InsideSettings, 'role' | 'routes'>,
  built: Place['built'],
): Promise<Platform> {
  return mode === 'embedded'
    ? startEmbedded(dir, reaper, inside, built)
    : startServices(dir, brokers, reaper, inside, built);
}

async function oneRun(options: Options, place: Place, jsonFile: string): Promise<boolean> {
  const reaper = new Reaper();
  const inside = { clockSeconds: CLOCK_SECONDS, hiccups: HICCUPS, without: [] };
  const platform = await start(options, place.dir, reaper, inside, place.built);
  try {
    const result = await run(platform, options, { schedule: schedule(options), without: [] }, place);
    for (const line of text(options, result)) console.log(line);
    writeFileSync(jsonFile, `${JSON.stringify(json(options, result), null, 2)}\n`);
    console.log(`JSON: ${jsonFile}`);
    return isGreen(result.findings);
  } finally {
    await platform.stop();
    reaper.dismiss();
  }
}

// What was started is ended by the reaper, once this process is gone.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof BadUsage ? error.message : error);
    process.exit(error instanceof BadUsage ? 2 : 1);
  },
);
