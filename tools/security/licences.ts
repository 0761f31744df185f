import type { LockFile } from './lock-file';

/** What may be in a product under MIT licence without asking anybody: permissive licences, by their SPDX names. */
const PERMISSIVE: ReadonlySet<string> = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense'],
  ...['CC0-1.0', 'Python-2.0', 'Zlib'],
]);

/** Packages that were looked at by a person, each with what was found. Anything else must be permissive. */
export const LOOKED_AT: Readonly<Record<string, string>> = {
  'axe-core': 'MPL-2.0, used unchanged and in tests only: it is no part of what is shipped',
  'caniuse-lite': 'CC-BY-4.0: data, used in building only',
  'dejavu-fonts-ttf': 'Bitstream Vera and public domain: fonts, which may be embedded in documents',
  'date-holidays': 'ISC, with data under CC-BY-3.0: bank holidays, attributed by the package',
  'png-js': 'MIT by its LICENSE file; its manifest does not say',
  buildcheck: 'MIT by its LICENSE file; development only',
  'cpu-features': 'MIT by its LICENSE file; development only',
  ssh2: 'MIT by its LICENSE file; development only',
};

/** Whether an SPDX expression of licence names is permissive: with OR one is enough, with AND all are needed. */
export function isPermissive(expression: string): boolean {
  const bare = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isPermissive);
  return bare.split(' AND ').every((name) => PERMISSIVE.has(name.trim()));
}

/** Packages of a lock file whose licence is not permissive and that nobody has looked at; and lookings-at of nothing. */
export function licenceProblems(lock: LockFile, lookedAt: Readonly<Record<string, string>> = LOOKED_AT): string[] {
  const needed = new Set<string>();
  const problems: string[] = [];
  for (const [folder, { license, link }] of Object.entries(lock.packages)) {
    if (folder === '' || link || (license && isPermissive(license))) continue;
    const name = folder.split('node_modules/').at(-1) ?? folder;
    needed.add(name);
    if (!(name in lookedAt)) problems.push(`${name}: ${license ?? 'it says no licence'}`);
  }
  return [
    ...problems,
    ...Object.keys(lookedAt)
      .filter((n) => !needed.has(n))
      .map((n) => `${n}: need not be looked at`),
  ];
}
