import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isTest, ROOT, sources } from './sources';

describe('the boundaries', () => {
  it('are kept by every import', () => {
    const bin = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
    const args = [bin, '--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'tools'];
    const cruise = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    expect(cruise.stdout).toMatch(/no dependency violations found/);
    expect(cruise.status).toBe(0);
  });

  it('are kept by every name: no folder called utils, common, shared, helpers or core', () => {
    const folders = ['apps', 'libs', 'tools', 'tests', 'packs'].flatMap((top) =>
      readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.parentPath.includes('node_modules'))
        .map((entry) => entry.name),
    );
    expect(folders.filter((name) => /^(utils?|common|shared|helpers?|core)$/.test(name))).toEqual([]);
  });

  it('read the environment in one place', () => {
    const found = sources(['apps', 'libs'], (path) => /\.ts$/.test(path) && !isTest(path))
      .filter(({ path }) => path !== 'libs/platform/src/config.ts' && !path.startsWith('libs/testing/'))
      .filter(({ text }) => /process\.env\b/.test(text));
    expect(found.map((s) => s.path)).toEqual([]);
  });

  it('export by name, so that a library’s front can be read', () => {
    const found = sources(['apps', 'libs', 'tools'], (path) => /\.ts$/.test(path)).filter(({ text }) =>
      /^export \*/m.test(text),
    );
    expect(found.map((s) => s.path)).toEqual([]);
  });
});
