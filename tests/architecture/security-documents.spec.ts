import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './sources';

const DOCUMENTS = ['docs/security/threat-model.md', 'docs/security/asvs.md', 'docs/how-to/keys.md'] as const;

/** Files of ours that a text names in code marks. */
const filesIn = (text: string): string[] =>
  [...text.matchAll(/`((?:apps|libs|tests|tools|docs)\/[\w./-]+)`/g)].map(([, path]) => path ?? '');

describe('what is said of security', () => {
  it.each(DOCUMENTS)('%s names evidence that exists', (document) => {
    const named = filesIn(readFileSync(join(ROOT, document), 'utf8'));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('shows each threat’s control by a test, or says that nothing does', () => {
    const rows = readFileSync(join(ROOT, DOCUMENTS[0]), 'utf8')
      .split('\n')
      .filter((line) => /^\|/.test(line) && !/^\|\s*(-|threat|\|?\s*threat)|\| threat |^\|[\s|:-]+$/.test(line));
    expect(rows.length).toBeGreaterThan(35);
    const unshown = rows.filter((row) => filesIn(row).length === 0 && !/gap|A test has nothing to call/i.test(row));
    expect(unshown).toEqual([]);
  });
});
