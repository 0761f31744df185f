import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackError } from './findings';
import { readPack } from './read';

const folder = join(__dirname, '../../../packs/england-wales');

/** What is wrong with the shipped pack once a text in its rules of retention was replaced. */
function findings(from: string, to: string): string {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
    .map(({ file, text }) => ({ file, text: file === 'retention.yaml' ? text.replaceAll(from, to) : text }));
  try {
    readPack(folder, sources);
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return error.findings.map(({ path, reason }) => `${path}: ${reason}`).join('\n');
  }
  return '';
}

describe('rules of retention', () => {
  it('are read as the pack ships them', () => expect(findings('', '')).toBe(''));

  it.each([
    ['a period that is no period', 'period: P7Y', 'period: 7 years', /rules\[0\]\.period: must be a period/],
    [
      'two rules of one name',
      'id: death-of-subject',
      'id: last-involvement',
      /“last-involvement 1” is already defined/,
    ],
    ['a kind of case that there is not', '[adult-safeguarding]', '[no-such]', /no such pathway: “no-such”/],
    ['ages where nobody’s birth counts', 'trigger: subject-birth', 'trigger: subject-death', /only a rule that counts/],
    [
      'no end for some case',
      'trigger: last-involvement',
      'trigger: subject-death',
      /needs a rule for all kinds of cases/,
    ],
  ])('are refused with %s', (_, from, to, expected) => expect(findings(from, to)).toMatch(expected));
});
