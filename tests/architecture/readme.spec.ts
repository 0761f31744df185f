import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, sources } from './sources';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const texts = [
  ...['README.md', 'CONTRIBUTING.md']
    .filter((name) => existsSync(join(ROOT, name)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
  ...sources(['docs', 'packs', 'libs', 'tools'], (path) => /\.md$/.test(path)),
];

/** Names that scripts outside the project rely on (they may be added to, never taken away). */
const FIXED = ['start', 'test', 'check', 'demo', 'services', 'bench', 'verify-ledger'];
/** What npm itself does under these names. */
const OF_NPM = new Set(['ci', 'install', 'run', 'exec']);

describe('what the documents tell people to type', () => {
  it('exists in package.json', () => {
    const unknown = texts.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpm (?:run )?(?:-s )?([a-z][a-z0-9:-]*)/g)]
        .map(([, name = '']) => name)
        .filter((name) => !OF_NPM.has(name) && !(name in scripts))
        .map((name) => `${path}: npm run ${name}`),
    );
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('includes the names that are fixed', () => {
    expect(FIXED.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('runs something that is there', () => {
    const run = readFileSync(join(ROOT, 'tools', 'run.mjs'), 'utf8');
    const targets = new Map(
      [...run.matchAll(/^ {2}'?([a-z:-]+)'?: '([^']+)',$/gm)].map(([, name, path]) => [name, path]),
    );
    const missing = Object.values(scripts).flatMap((command) => {
      const name = /^node tools\/run\.mjs ([a-z:-]+)/.exec(command)?.[1];
      const target = targets.get(name ?? '');
      return target && !existsSync(join(ROOT, `${target}.ts`)) ? [`${name}: ${target}.ts`] : [];
    });
    expect(missing).toEqual([]);
  });

  it('runs the benchmarks from what a build has made, tests’ helpers among it', () => {
    const { status, stderr } = spawnSync(process.execPath, ['tools/run.mjs', 'bench'], { cwd: ROOT, encoding: 'utf8' });
    expect(stderr).toContain('intake ');
    expect(status).toBe(2); // no name was given
  });

  it('points to pages and pictures that are there', () => {
    const broken = texts.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !existsSync(join(ROOT, dirname(path), link)))
        .map((link) => `${path}: ${link}`),
    );
    expect(broken).toEqual([]);
  });
});
