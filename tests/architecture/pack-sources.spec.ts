import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of notes that are not in this repository: `domain/<name>.md`, with a section or without. */
const NOTES = /domain\/[a-z-]+\.md(?: §[\d.]*\d)?/g;

const yamlOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.yaml'))
    .map((f) => join(folder, f));

describe('a source that a pack names', () => {
  it('is found by who reads the repository', () => {
    const sections = readFileSync('packs/SOURCES.md', 'utf8').split(/^## /m);
    const unexplained = yamlOf('packs').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(NOTES)].flatMap(([named]) => {
        const [note, section = 'whole'] = named.split(' ');
        const said = sections.find((text) => text.startsWith(`${note}\n`));
        return said && new RegExp(`^\\| ${section.replace('.', '\\.')} +\\|`, 'm').test(said)
          ? []
          : [`${file}: ${named}`];
      }),
    );
    expect(unexplained).toEqual([]);
  });
});
