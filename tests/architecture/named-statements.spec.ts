import { isTest, sources } from './sources';

/** A statement and the name that it is prepared under. */
const NAMED =
  /\.(?:query|execute)(?:<[^(]*>)?\(\s*`((?:[^`\\]|\\.)*)`\s*,\s*(?:\[[^;]*?\]|\w+)\s*,\s*'([a-z-]+)'\s*,?\s*\)/g;
/** As `NAMED`, however its text is written. */
const ANY =
  /\.(?:query|execute)(?:<[^(]*>)?\(\s*(`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'|[A-Z_]+)\s*,\s*(?:\[[^;]*?\]|\w+)\s*,\s*'([a-z0-9-]+)'\s*,?\s*\)/g;
/** A part that is the same wherever it is put in: a constant, or what a constant makes of fixed text. */
const CONSTANT = /^(?:[A-Z][A-Z0-9_]*(?:\.\w+)?|\w+\('[^']*'(?:, '[^']*')*\))$/;
/** Texts that are put together from constants alone, by the name of the statement. */
const SAME_NONETHELESS = ['approvals-to-answer'];

/** pg refuses a name on a connection that knows it with another text: an error that depends on which connection one gets. */
describe('a statement with a name', () => {
  it('always has the same text', () => {
    const found: string[] = [];
    let seen = 0;
    for (const { path, text } of sources(['apps', 'libs'], (p) => /\.ts$/.test(p) && !isTest(p)))
      for (const [, sql, name] of text.matchAll(NAMED)) {
        seen++;
        const parts = [...sql!.matchAll(/\$\{([^}]*)\}/g)].map((m) => m[1]!.trim());
        if (parts.some((part) => !CONSTANT.test(part)) && !SAME_NONETHELESS.includes(name!))
          found.push(`${path}: ${name}`);
      }
    expect(found).toEqual([]);
    expect(seen).toBeGreaterThan(100);
  });

  it('has it to itself: no other statement on the same connections bears the name', () => {
    const texts = new Map<string, { readonly path: string; readonly sql: string }[]>();
    for (const { path, text } of sources(['apps', 'libs'], (p) => /\.ts$/.test(p) && !isTest(p)))
      for (const [, sql, name] of text.matchAll(ANY))
        texts.set(name!, [...(texts.get(name!) ?? []), { path, sql: sql! }]);
    // Each context has connections of its own, and those of the libraries are on all of them.
    const contextOf = (path: string): string => /apps\/([a-z-]+)\//.exec(path)?.[1] ?? 'libs';
    const together = (a: string, b: string): boolean => a === b || a === 'libs' || b === 'libs';
    const shared = [...texts].flatMap(([name, found]) =>
      found.some((a) => found.some((b) => a.sql !== b.sql && together(contextOf(a.path), contextOf(b.path))))
        ? [`${name}: ${[...new Set(found.map(({ path }) => path))].join(', ')}`]
        : [],
    );
    expect(shared).toEqual([]);
    expect(texts.size).toBeGreaterThan(300);
  });

  it('would be found if it had not', () => {
    const bad = "tx.execute(\n `UPDATE x SET ${what}_by = $1`,\n [id],\n 'step-flag',\n)";
    const [match] = [...bad.matchAll(NAMED)];
    expect(match?.[2]).toBe('step-flag');
    expect(CONSTANT.test('what')).toBe(false);
    expect(CONSTANT.test("HELD('since', 'until')")).toBe(true);
  });
});
