import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { licenceProblems } from '../../tools/security/licences';
import { unpinned, type LockFile, type Manifest } from '../../tools/security/lock-file';
import { KNOWN, secretsIn } from '../../tools/security/secrets';
import { ROOT, sources } from './sources';

const json = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
const lock = json('package-lock.json') as LockFile;

describe('what Concordat is made of', () => {
  it('is pinned: one version, one place and one digest for every package', () => {
    expect(unpinned(json('package.json') as Manifest, lock)).toEqual([]);
    expect(Object.keys(lock.packages).length).toBeGreaterThan(500);
  });

  it('may be given away: every licence is permissive, or was looked at', () => {
    expect(licenceProblems(lock)).toEqual([]);
  });

  it('has no secret in any tracked file', () => {
    const files = tracked().filter(
      (path) => existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).size < 2_000_000,
    );
    expect(files.length).toBeGreaterThan(1_000);
    const texts = files.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
    expect(texts.flatMap(({ path, text }) => (text.includes('\0') ? [] : secretsIn(path, text)))).toEqual([]);
    for (const known of Object.keys(KNOWN)) expect(texts.some(({ text }) => text.includes(known))).toBe(true);
  });
});

/** What git tracks; without git, such as in a copy, what lies in the folders of the source. */
function tracked(): string[] {
  try {
    return execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\0')
      .filter(Boolean);
  } catch {
    return sources(['apps', 'libs', 'tools', 'tests', 'packs', 'deploy', 'docs'], () => true).map(({ path }) => path);
  }
}
