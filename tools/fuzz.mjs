/**
 * Random requests to every operation of the API, as many as asked for: `npm run fuzz [-- REQUESTS [SEED]]`. The test run
 * sends 10,000 with the seed 1; what it finds is found again with the same seed.
 */
import { spawnSync } from 'node:child_process';
import { ROOT } from './build.mjs';

const [requests = '100000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
if (!/^[1-9]\d{0,7}$/.test(requests) || !/^\w{1,40}$/.test(seed)) {
  console.error('npm run fuzz [-- REQUESTS [SEED]]');
  process.exit(2);
}
console.log(`${requests} requests, seed ${seed}`);
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/jest/bin/jest.js',
    ...[
      '--selectProjects',
      'scenarios',
      '--testPathPatterns',
      'on-one-demonstration',
      '--testNamePattern',
      'random requests',
    ],
    '--forceExit',
  ],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, CONCORDAT_FUZZ_REQUESTS: requests, CONCORDAT_FUZZ_SEED: seed },
  },
);
process.exit(status ?? 1);
