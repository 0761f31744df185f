import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEAP_BOUNDS } from '../../tools/services/node-process';

const read = (name: string): string => readFileSync(join(__dirname, '..', '..', name), 'utf8');

/** What the benchmarks measure must be what people start. */
it('the heap has the same bounds, however the product is started', () => {
  const bounds = HEAP_BOUNDS.join(' ');
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect(scripts['start']).toBe(`node ${bounds} tools/run.mjs start`);
  expect(scripts['service']).toBe(`node ${bounds} tools/run.mjs service`);
  expect(read('deploy/Dockerfile')).toContain(`NODE_OPTIONS="${bounds}"\n`);
});
