import { contexts } from '@concordat/contracts';
import { isTest, sources } from './sources';

/** What comes before a table's name in a statement. */
const TABLE = `\\b(?:FROM|JOIN|INTO|UPDATE|TABLE|REFERENCES|ON|TRUNCATE|EXISTS)\\s+(?:ONLY\\s+)?`;

/** Extensions live in public; the other two are PostgreSQL's own. */
const SHARED = ['public', 'pg_catalog', 'pg_temp'];

describe('SQL', () => {
  const all = sources(
    ['apps', 'libs'],
    (path) => /\.ts$/.test(path) && !isTest(path) && !path.startsWith('libs/testing/'),
  );

  it('is looked for where there is some', () => {
    expect(all.filter(({ text }) => /\bSELECT\b[^;]*\bFROM\b/.test(text)).length).toBeGreaterThan(20);
  });

  it('names no context’s schema: whose tables they are is the search path’s business', () => {
    const named = new RegExp(`${TABLE}"?(?:${contexts.join('|')})"?\\s*\\.\\s*"?[a-z_]+`, 'i');
    expect(all.filter(({ text }) => named.test(text)).map((s) => s.path)).toEqual([]);
  });

  it('sets its functions’ search path to its own context, and to what all share', () => {
    const wrong = all.flatMap(({ path, text }) => {
      const own = /^apps\/([a-z-]+)\//.exec(path)?.[1];
      return [...text.matchAll(/\bsearch_path\s*=\s*([a-z_]+(?:\s*,\s*[a-z_]+)*)/g)]
        .flatMap(([, names = '']) => names.split(/\s*,\s*/))
        .filter((name) => name !== own && !SHARED.includes(name))
        .map((name) => `${path}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });
});
