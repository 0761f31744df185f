/**
 * Runs something from dist, building first what changed: `node tools/run.mjs NAME [arguments]`. It runs in this very
 * process, so that Ctrl-C and exit codes need no passing on.
 */
import { existsSync, readdirSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { BuildError, ensureBuilt, ROOT } from './build.mjs';

const TARGETS = {
  start: 'apps/all-in-one/src/main',
  services: 'tools/services',
  demo: 'tools/demo',
  migrate: 'tools/migrate',
  generate: 'tools/generate',
  doctor: 'tools/doctor',
  keys: 'tools/keys',
  backup: 'tools/backup',
  restore: 'tools/restore',
  drill: 'tools/drill',
  security: 'tools/security',
  'audit:deps': 'tools/audit-deps',
  'verify-ledger': 'tools/verify-ledger/main',
  'packs:check': 'tools/packs-check',
  witness: 'tools/witness/main',
  bench: 'tests/bench/main',
  faults: 'tests/faults/main',
  deadlines: 'tests/faults/deadlines',
  rolling: 'tests/faults/rolling/main',
};

const [name, ...rest] = process.argv.slice(2);
const [target, args] =
  name === 'service' ? [`apps/${rest[0] ?? '?'}/src/main`, rest.slice(1)] : [TARGETS[name ?? ''], rest];
if (target === undefined || !existsSync(join(ROOT, `${target}.ts`))) {
  console.error(`There is nothing called "${[name, ...rest].slice(0, name === 'service' ? 2 : 1).join(' ')}" to run.`);
  console.error(`What there is: ${available().join(', ')}`);
  process.exit(2);
}

try {
  await ensureBuilt({ log: (line) => console.error(line) });
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(error.message);
  process.exit(1);
}

// Node 22 and later keep compiled code between runs; Node 20 has no such thing.
module.enableCompileCache?.(join(ROOT, '.cache', 'compiled'));
const main = join(ROOT, 'dist', `${target}.js`);
process.argv = [process.argv[0], main, ...args];
createRequire(main)(main);

function available() {
  const services = readdirSync(join(ROOT, 'apps')).filter((app) => app !== 'all-in-one');
  return [...Object.keys(TARGETS), ...services.map((app) => `service ${app}`)].filter((each) => {
    const at = each.startsWith('service ') ? `apps/${each.slice(8)}/src/main` : TARGETS[each];
    return existsSync(join(ROOT, `${at}.ts`));
  });
}
