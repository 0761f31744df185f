import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../build.mjs';

/** The seed of the run that every change has to pass. Longer evidence is in docs/evidence/faults. */
const SEED = 7;
const SECONDS = 90;

/** Why the fault harness cannot run here; empty when it can. It kills servers, so it needs them as processes of its own. */
export async function missingForFaults() {
  const load = createRequire(join(ROOT, 'dist', 'tools', 'infrastructure', '-'));
  const { kafka, redis } = await load('./available').available();
  return [kafka, redis].flatMap((each) => (each.ok ? [] : [each.reason]));
}

/**
 * One run of the fault harness over services. Each invariant counts as a test: passed when it held, failed when it was
 * broken or when there was nothing to examine. `started` is told the process, to be able to stop it.
 */
export async function runFaults(summary, folder, started) {
  const began = Date.now();
  const main = join(ROOT, 'dist', 'tests', 'faults', 'main.js');
  const args = ['--mode', 'services', '--seconds', String(SECONDS), '--seed', String(SEED), '--out', folder];
  const child = spawn(process.execPath, [main, ...args], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  started(child);
  const code = await new Promise((done) => child.once('exit', (status, signal) => done(status ?? signal)));
  summary.addFile('faults', 'tests/faults', Date.now() - began);
  let result;
  try {
    result = JSON.parse(readFileSync(join(folder, `faults-services-${SEED}.json`), 'utf8'));
  } catch {
    return summary.fail(`faults: the run ended with ${code} and without a result`);
  }
  count(summary, result);
  if (code !== 0 && result.green) summary.fail(`faults: every invariant held, and the run ended with ${code}`);
}

/** Adds the invariants of a run to the tests. One that is not applicable yet is neither passed nor failed. */
export function count(summary, { findings }) {
  for (const { id, title, verdict, examples } of findings) {
    if (verdict === 'held') summary.passed++;
    else if (verdict !== 'not yet applicable') summary.fail(`faults: ${id} ${title}: ${verdict}. ${examples[0] ?? ''}`);
  }
}
