import { spawnSync } from 'node:child_process';
import { ROOT } from './sources';

describe('docs/generated', () => {
  it('is what the code says: the APIs, the events, the tables, who may do what, what imports what', () => {
    const check = spawnSync(process.execPath, ['tools/run.mjs', 'generate', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    // What it says names the files, and the command that mends them.
    expect(
      check.stderr
        .split('\n')
        .filter((line) => !/^Building /.test(line))
        .join('\n'),
    ).toBe('');
    expect(check.status).toBe(0);
  });
});
