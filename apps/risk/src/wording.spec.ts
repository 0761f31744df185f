import { Invalid } from '@concordat/contracts';
import * as fc from 'fast-check';
import { missing, topicsOf } from './answers';
import { resultOf } from './assessment';
import { anyContent, current, DAY, instrumentOf, packs } from './instruments.testing';
import { keysOf, LONGEST_TEXT, mustBeRemovable, textsOf, worded } from './wording';
import { linesOf, type WordingFormat } from './wording-file';

const police = instrumentOf('police-dash');
const lines = (texts: Record<string, string>) =>
  Object.entries(texts).map(([key, text], i) => ({ line: i + 2, key, text }));
const full = (instrument = police): Record<string, string> =>
  Object.fromEntries(keysOf(instrument).map(({ key }) => [key, `Ours: ${key}?`]));
const codes = (instrument: typeof police, of: Parameters<typeof textsOf>[1]) =>
  textsOf(instrument, of).problems.map(({ field, code }) => [field, code]);
const refusal = (format: WordingFormat, content: string) => {
  try {
    return linesOf(format, content);
  } catch (error) {
    return (error as Invalid).details.errors![0]!;
  }
};

describe('an agency’s wording', () => {
  it('is of every topic and part, and of answers where it says so, each once', () => {
    for (const instrument of current) {
      const keys = keysOf(instrument).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(textsOf(instrument, lines(full(instrument)))).toEqual({ texts: full(instrument), problems: [] });
    }
    const { 'harm-feared/children': _left, ...rest } = full();
    expect(codes(police, lines(rest))).toEqual([['content.harm-feared/children', 'wording.missing']]);
    const generic = instrumentOf('generic-matrix');
    const asked = keysOf(generic).filter(({ optional }) => !optional);
    expect(asked.length).toBeLessThan(keysOf(generic).length);
    expect(textsOf(generic, lines(Object.fromEntries(asked.map(({ key }) => [key, 'x'])))).problems).toEqual([]);
  });

  it('says which line is wrong, and not a word of it', () => {
    const given = [
      ...lines({ ...full(), fear: 'x'.repeat(LONGEST_TEXT + 1), injury: '  ' }),
      { line: 90, key: 'fear', text: 'Licensed' },
      { line: 91, key: 'Licensed words', text: 'fear' },
    ];
    const at = given.find(({ key }) => key === 'fear')!.line;
    expect(codes(police, given)).toEqual([
      [`content.${at}`, 'too-long'],
      ['content.90', 'wording.twice'],
      ['content.91', 'wording.unknown-topic'],
      ['content.injury', 'wording.missing'],
    ]);
    expect(JSON.stringify(textsOf(police, given).problems)).not.toContain('Licensed');
  });

  it('is read from CSV, JSON and YAML, with the lines as an editor counts', () => {
    expect(linesOf('csv', '\uFEFFtext,key\r\n"Afraid,\r\nnow?",fear\r\n\r\nHurt?,injury\r\n')).toEqual([
      { line: 3, key: 'fear', text: 'Afraid,\nnow?' },
      { line: 5, key: 'injury', text: 'Hurt?' },
    ]);
    const both = [
      { line: 2, key: 'fear', text: 'Afraid?' },
      { line: 3, key: 'fear', text: 'Again?' },
    ];
    expect(linesOf('json', '{\n"fear": "Afraid?",\n"fear": "Again?"}')).toEqual(both);
    expect(linesOf('yaml', '# ours\nfear: Afraid?\nfear: Again?\n')).toEqual(both);
  });

  it.each<[string, WordingFormat, string, string]>([
    ['other columns', 'csv', 'key,words\nfear,Licensed', 'wording.columns'],
    ['an open quotation mark', 'csv', 'key,text\nfear,"Licensed', 'not-csv'],
    ['an open object', 'json', '{"fear": "Licensed"', 'not-yaml'],
    ['a list', 'json', '["Licensed"]', 'wording.not-texts'],
    ['an object for a text', 'json', '{"fear": {"text": "Licensed"}}', 'wording.not-texts'],
    ['an alias', 'yaml', 'a: &x Licensed\nfear: *x', 'wording.not-texts'],
    ['too many lines', 'csv', `key,text\n${'fear,Licensed\n'.repeat(501)}`, 'wording.too-many'],
  ])('is not read from a file with %s', (_what, format, content, code) => {
    expect(refusal(format, content)).toMatchObject({ field: 'content', code });
    expect(JSON.stringify(refusal(format, content))).not.toContain('Licensed');
  });

  it('is shown with the neutral label as a hint', () => {
    const topics = topicsOf(worded(police, full()));
    expect(topics.find(({ code }) => code === 'fear')).toMatchObject({ text: 'Ours: fear?', hint: 'Frightened' });
    expect(topics.find(({ code }) => code === 'harm-feared')!.parts).toContainEqual({
      ...{ code: 'children', text: 'Ours: harm-feared/children?', hint: 'The children' },
    });
    expect(worded(police, {})).toEqual(police);
  });

  it('changes no result and nothing that is missing, whatever is answered', () => {
    for (const instrument of current)
      fc.assert(
        fc.property(anyContent(instrument), (content) => {
          const ours = worded(instrument, full(instrument));
          expect(resultOf(ours, packs, content, DAY)).toEqual(resultOf(instrument, packs, content, DAY));
          const fields = (of: typeof ours) => missing(of, content).map(({ field, code }) => [field, code]);
          expect(fields(ours)).toEqual(fields(instrument));
        }),
        { numRuns: 30 },
      );
  });

  it('is removed once, and only the newest', () => {
    expect(() => mustBeRemovable({ version: 2, removedAt: null }, 2)).not.toThrow();
    expect(() => mustBeRemovable({ version: 2, removedAt: new Date() }, 2)).toThrow('removed already');
    expect(() => mustBeRemovable({ version: 1, removedAt: null }, 2)).toThrow('taken the place');
  });
});
