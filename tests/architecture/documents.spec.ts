import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, sources } from './sources';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const documents = [
  ...['README.md', 'CONTRIBUTING.md'].map((path) => ({ path, text: read(path) })),
  ...sources(['docs', 'packs', 'libs', 'tests', 'tools', 'deploy'], (path) => /\.md$/.test(path)),
];
/** What is in code marks, in running text: code in blocks is an example. */
const marked = (text: string): string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
/** As GitHub makes it: lower case, hyphens for spaces, nothing else than letters, digits and these. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));

describe('what the documents say', () => {
  it('leads to headings that are there', () => {
    const broken = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)/g)]
        .filter(([, file = '', to = '']) => {
          const target = file ? join(ROOT, dirname(path), file) : join(ROOT, path);
          return !existsSync(target) || !anchorsOf(readFileSync(target, 'utf8')).includes(to);
        })
        .map(([link]) => `${path}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('names files that are there', () => {
    const missing = documents.flatMap(({ path, text }) =>
      marked(text)
        .filter((code) => /^(apps|libs|tests|tools|docs|packs|deploy)\/[\w./-]+$/.test(code))
        .filter((file) => !existsSync(join(ROOT, file)))
        .map((file) => `${path}: ${file}`),
    );
    expect(missing).toEqual([]);
  });

  it('names settings that something reads', () => {
    const code = sources(['apps', 'libs', 'tools', 'tests', 'deploy'], (path) =>
      /\.(ts|[mc]?js|ya?ml)$/.test(path),
    ).concat(['docker-compose.yml', 'jest.config.js', '.ci/run'].map((path) => ({ path, text: read(path) })));
    const known = new Set(code.flatMap(({ text }) => text.match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g) ?? []));
    const told = documents
      .filter(({ path }) => !/^docs\/(decisions|evidence|generated)\//.test(path))
      .flatMap(({ path, text }) =>
        marked(text)
          .flatMap((mark) => /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=|$)/.exec(mark)?.[1] ?? [])
          .map((name) => ({ path, name })),
      );
    expect(told.length).toBeGreaterThan(50);
    expect(told.filter(({ name }) => !known.has(name)).map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
  });

  it('tells of every kind of document that a pack may have', () => {
    const packs = read('libs/packs/README.md');
    const kinds = sources(['packs'], (path) => /\.yaml$/.test(path)).flatMap(
      ({ text }) => /^kind: ([\w-]+)$/m.exec(text)?.[1] ?? [],
    );
    expect([...new Set(kinds)].filter((kind) => !packs.includes(`\`${kind}\``))).toEqual([]);
  });

  it('says what every rule says that a comment cites', () => {
    const rules = read('docs/rules.md');
    const code = sources(['apps', 'libs', 'tools', 'tests'], (path) => /\.(ts|mjs|njk)$/.test(path));
    const cited = code.flatMap(({ path, text }) => [
      ...[...text.matchAll(/\bevents\.md,? ([A-Z]\d{1,2})\b/g)].map(([, id = '']) => ({ path, id })),
      ...(path.startsWith('libs/messaging/')
        ? [...text.matchAll(/\(((?:[WRCDPK]\d{1,2}(?:, |–)?)+)\)/g)].flatMap(([, ids = '']) =>
            ids.split(/, |–/).map((id) => ({ path, id })),
          )
        : []),
      ...[...text.matchAll(/\b((?:house|ledger|acceptance|user-interface)\.md)\b/g)].map(([, id = '']) => ({
        path,
        id: `## ${id}`,
      })),
    ]);
    expect(cited.length).toBeGreaterThan(100);
    const said = (id: string): boolean =>
      id.startsWith('#') ? rules.includes(`\n${id}`) : rules.includes(`\n| ${id} `) || /^I\d+$/.test(id);
    expect(cited.filter(({ id }) => !said(id))).toEqual([]);
  });

  it('explains each term once, in the order of the alphabet', () => {
    const terms = [...read('docs/glossary.md').matchAll(/^\| \*\*(.+?)\*\*/gm)].map(([, term = '']) => term);
    expect(terms.length).toBeGreaterThan(200);
    expect(terms).toEqual([...new Set(terms)].sort(new Intl.Collator('en-GB').compare));
  });
});
