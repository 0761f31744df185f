/**
 * `npm test`: every kind of test, on a machine with nothing but Node. Starts and stops what the tests need, says at the
 * end what could not run here and why, and closes with the line `N passed, N failed`. With CI=true nothing may be left
 * out. `npm test -- unit int` runs only those kinds.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildError, ensureBuilt, ROOT } from './build.mjs';
import { missingForFaults, runFaults } from './test/faults.mjs';
import { chromium, startForTests } from './test/infrastructure.mjs';
import { Summary } from './test/summary.mjs';

/** In the order of how soon they tell of a mistake. `needs` is what a machine may lack. */
const STEPS = [
  { name: 'unit', project: 'unit', workers: 2 },
  // Mostly one process after another that reads all of the code: it takes what the unit tests leave idle.
  { name: 'architecture', project: 'architecture', workers: 1, beside: 'unit' },
  // One more than processors of a small machine: suites that kill servers mostly wait for them.
  { name: 'int', project: 'int', workers: 3, env: { CONCORDAT_TEST_TOGETHER: 'yes' } },
  { name: 'scenarios', project: 'scenarios', workers: 2, env: { CONCORDAT_TEST_MODE: 'embedded' } },
  // Services are a dozen processes and servers: one platform of them at a time.
  {
    name: 'scenarios-services',
    project: 'scenarios',
    workers: 1,
    needs: 'servers',
    env: { CONCORDAT_TEST_MODE: 'services' },
  },
  { name: 'web', project: 'web', workers: 3, needs: 'chromium', env: { CONCORDAT_TEST_TOGETHER: 'yes' } },
  // No jest: servers and services are killed under load, and each invariant counts as a test (tests/faults/README.md).
  { name: 'faults' },
];

/** What needs no Kafka and no Redis. */
const SERVERLESS = ['unit', 'architecture'];

const inCi = process.env.CI === 'true';
const asked = process.argv.slice(2);
const steps = STEPS.filter((step) => asked.length === 0 || asked.includes(step.name));
const unknown = asked.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`There is no kind of test called ${unknown.join(', ')}: ${STEPS.map((step) => step.name).join(', ')}`);
  process.exit(2);
}

const began = Date.now();
const summary = new Summary();
const leftOut = [];
const results = mkdtempSync(join(tmpdir(), 'concordat-results-'));
const running = new Set();
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    for (const child of running) child.kill(signal);
  });
}

try {
  await ensureBuilt({ log: (line) => console.log(line) });
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

// The servers come up while the unit tests, which do not need them, run.
const servers = steps.some((step) => ![...SERVERLESS, 'faults'].includes(step.name)) ? startForTests() : undefined;
servers?.catch(() => {});
const browser = await chromium();

try {
  for (const together of inRounds(steps)) if (!interrupted) await Promise.all(together.map(runStep));
} catch (error) {
  summary.fail(`the run itself: ${error.stack ?? error}`);
} finally {
  await servers?.then((started) => started.stop()).catch(() => {});
  rmSync(results, { recursive: true, force: true });
}
if (interrupted) summary.fail('the run was interrupted');
process.exitCode = report();

/** Steps one after another, but for those that run beside the one before them. */
function inRounds(all) {
  const rounds = [];
  for (const step of all) {
    if (step.beside !== undefined && rounds.at(-1)?.some(({ name }) => name === step.beside)) rounds.at(-1).push(step);
    else rounds.push([step]);
  }
  return rounds;
}

async function runStep(step) {
  if (step.name === 'faults') return runFaultStep(step);
  const env = { ...step.env };
  if (!SERVERLESS.includes(step.name)) {
    const there = await servers;
    Object.assign(env, there.env);
    if (step.needs === 'servers' && there.missing.length > 0) return leaveOut(step, there.missing.join('; '));
  }
  if (step.needs === 'chromium' && !browser.ok) return leaveOut(step, browser.reason);
  if (browser.ok) env.CONCORDAT_CHROMIUM = browser.path;
  console.log(`\n── ${step.name} ──`);
  const json = join(results, `${step.name}.json`);
  const code = await jest(step, json, env);
  const failedBefore = summary.failed;
  const total = summary.add(step.name, json, ROOT);
  // jest can end badly for reasons that no test carries: a failed set-up, a coverage threshold, a crash at the end.
  if (code !== 0 && summary.failed === failedBefore) summary.fail(`${step.name}: jest ended with ${code}`);
  if (total === 0 && summary.failed === failedBefore) leaveOut(step, 'there are no such tests');
}

async function runFaultStep(step) {
  const missing = await missingForFaults();
  if (missing.length > 0) return leaveOut(step, missing.join('; '));
  console.log(`\n── ${step.name} ──`);
  await runFaults(summary, results, started);
}

function leaveOut(step, reason) {
  leftOut.push(`${step.name}: ${reason}`);
}

function jest(step, json, env) {
  // forceExit: a handle left open by a killed server must not keep the results of the whole run from being told.
  const args = ['--selectProjects', step.project, `--maxWorkers=${step.workers}`, '--passWithNoTests', '--forceExit'];
  const file = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  return new Promise((done) => {
    const child = spawn(process.execPath, [file, ...args, '--json', `--outputFile=${json}`], {
      cwd: ROOT,
      // What jest reports goes to stderr, and what it says about the JSON file to stdout: that is of no interest.
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...env },
    });
    started(child);
    child.once('exit', (code, signal) => done(code ?? signal));
  });
}

/** Notes a process that has to hear of an interruption. */
function started(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

function report() {
  const list = (title, lines) =>
    lines.length > 0 && console.log(`\n${title}\n${lines.map((l) => `  ${l}`).join('\n')}`);
  list(
    'Slowest files',
    summary.slowest(8).map(({ step, file, ms }) => `${(ms / 1000).toFixed(1)} s  ${step}: ${file}`),
  );
  list('Failed', summary.failures);
  list('Skipped', summary.skips);
  list('Left out on this machine', leftOut);
  if (inCi) for (const each of leftOut) summary.fail(`left out: ${each}`);
  const ok = summary.failed === 0 && summary.passed > 0 && !(inCi && summary.skipped > 0);
  if (inCi && summary.skipped > 0) console.log('\nWith CI=true nothing may be skipped.');
  console.log(`\nTook ${Math.round((Date.now() - began) / 1000)} s.\n`);
  console.log(summary.closingLine);
  return ok ? 0 : 1;
}
