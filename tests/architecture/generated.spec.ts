import { spawnSync } from 'node:child_process';
import { isTest, ROOT, sources } from './sources';

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

  it('calls each body by a name of its own: rules of two classes of one name would become one schema, and fit neither', () => {
    const files = sources(['apps', 'libs'], (path) => /\.ts$/.test(path) && !isTest(path));
    const names = files.flatMap(({ text }) => [...text.matchAll(/^(?:export )?class (\w+Dto)\b/gm)].map(([, n]) => n!));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(names.length).toBeGreaterThan(200);
  });
});
