import { isPermissive, licenceProblems } from './licences';
import { unpinned, type LockFile } from './lock-file';
import { secretsIn } from './secrets';

const good = {
  version: '1.2.3',
  resolved: 'https://registry.npmjs.org/a/-/a-1.2.3.tgz',
  integrity: 'sha512-AAAA',
  license: 'MIT',
};
const locked = (packages: LockFile['packages'], lockfileVersion = 3): LockFile => ({ lockfileVersion, packages });

describe('unpinned', () => {
  const manifest = { dependencies: { a: '1.2.3' } };
  it('finds nothing where every version and every byte is given', () => {
    expect(unpinned(manifest, locked({ '': {}, 'node_modules/a': good }))).toEqual([]);
  });

  it.each([
    ['a range', { dependencies: { a: '^1.2.3' } }, good],
    ['a tag', { dependencies: { a: 'latest' } }, good],
    ['another version', manifest, { ...good, version: '1.2.4' }],
    ['another place', manifest, { ...good, resolved: 'https://elsewhere.example/a.tgz' }],
    ['a repository', manifest, { ...good, resolved: 'git+ssh://git@github.com/a/a.git#1' }],
    ['no digest', manifest, { version: '1.2.3', resolved: good.resolved }],
    ['a weak digest', manifest, { ...good, integrity: 'sha1-AAAA' }],
  ])('finds %s', (_, asked, a) => {
    expect(unpinned(asked, locked({ 'node_modules/a': a })).length).toBeGreaterThan(0);
  });
});

describe('licences', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['Apache-2.0 AND MIT', true],
    ['Apache-2.0 AND GPL-3.0', false],
    ['GPL-3.0', false],
    ['', false],
    ['SEE LICENSE IN x', false],
  ])('%s: permissive? %s', (expression, answer) => expect(isPermissive(expression)).toBe(answer));

  it('are permissive or looked at, and nothing is looked at for no reason', () => {
    const lock = locked({ '': {}, 'node_modules/a': good, 'node_modules/x/node_modules/b': { license: 'GPL-3.0' } });
    expect(licenceProblems(lock, {})).toEqual(['b: GPL-3.0']);
    expect(licenceProblems(lock, { b: 'asked' })).toEqual([]);
    expect(licenceProblems(lock, { b: 'asked', a: 'asked' })).toEqual(['a: need not be looked at']);
  });
});

describe('secretsIn', () => {
  const made = (...parts: string[]): string => parts.join('');
  it.each([
    ['a private key', made('-----BEGIN ', 'PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEG\n')],
    ['an access key of AWS', made('AK', 'IA', 'ABCDEFGHIJKLMNOP')],
    ['a token of GitHub', made('gh', 'p_', 'a'.repeat(36))],
    ['a token of npm', made('np', 'm_', 'a'.repeat(36))],
    ['a signed token', made('ey', 'J', 'a'.repeat(20), '.ey', 'J', 'b'.repeat(20), '.', 'c'.repeat(30))],
    ['an address with a password', made('postgres://someone:', 'x1y2z3a4b5c6', '@db.example')],
    ['a setting with a secret', made('SESSION_SEC', 'RET=', 'a1'.repeat(20))],
  ])('finds %s, by its line and without repeating it', (kind, text) => {
    expect(secretsIn('x', `one\ntwo ${text}\n`)).toEqual([`x:2: ${kind}`]);
  });

  it('takes what stands for a secret, or is given from outside, for none', () => {
    const text = 'SESSION_SECRET: ${SESSION_SECRET:?set in .env}\npostgres://u:${PASSWORD}@db\nAUDIT_DETAIL_KEY=\n';
    expect(secretsIn('x', text)).toEqual([]);
  });

  it('ends soon on text that is made to keep it busy', () => {
    const long = ['SECRET=', 'a'.repeat(200_000), '://', 'eyJ'.repeat(60_000), '-----BEGIN '.repeat(20_000)].join('');
    const began = performance.now();
    secretsIn('x', long);
    expect(performance.now() - began).toBeLessThan(20_000); // hangs for minutes if an expression is not linear
  });
});
