import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEAP_BOUND } from '../../tools/services/node-process';

const read = (name: string): string => readFileSync(join(__dirname, '..', '..', name), 'utf8');

/** What the benchmarks measure must be what people start. */
it('the heap has one bound, however the product is started', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect(scripts['start']).toBe(`node ${HEAP_BOUND} tools/run.mjs start`);
  expect(scripts['service']).toBe(`node ${HEAP_BOUND} tools/run.mjs service`);
  expect(read('deploy/Dockerfile')).toContain(`NODE_OPTIONS=${HEAP_BOUND}\n`);
});
