import * as fc from 'fast-check';
import { merged } from './merge.mjs';

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const text = fc
  .array(
    fc.array(word, { maxLength: 4 }).map((words) => words.join(' ')),
    { maxLength: 5 },
  )
  .map((l) => l.join('\n'));

describe('merging what two people write', () => {
  it.each([
    ['both begin', '', 'He may', 'She says', 'She says\nHe may'],
    [
      'one goes on while the other adds a line',
      'He may',
      'He may find her',
      'He may\nShe is afraid',
      'He may find her\nShe is afraid',
    ],
    ['both add a line at the end', 'One', 'One\nMine', 'One\nTheirs', 'One\nTheirs\nMine'],
    [
      'both change one line in different places',
      'He may come home',
      'He will come home',
      'He may come to work',
      'He will come to work',
    ],
    ['both add to the end of one line', 'He may', 'He may find her', 'He may call', 'He may call find her'],
    ['both change one word', 'On Friday', 'On Monday', 'On Sunday', 'On Sunday Monday'],
    [
      'one takes away what the other leaves',
      'One\nTwo\nThree',
      'One\nThree',
      'One\nTwo\nThree\nFour',
      'One\nThree\nFour',
    ],
    ['both did the same', 'One', 'One\nTwo', 'One\nTwo', 'One\nTwo'],
  ])('%s', (_, base, mine, theirs, expected) => expect(merged(base, mine, theirs)).toBe(expected));

  it('leaves alone what only one changed', () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(merged(base, other, base)).toBe(other);
        expect(merged(base, base, other)).toBe(other);
        expect(merged(base, other, other)).toBe(other);
      }),
    );
  });

  it('keeps every word that either added, once, and every word that both left', () => {
    const inserted = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(text, inserted, inserted, fc.boolean(), (base, mine, theirs, lines) => {
        const added = (places: number[], who: string): string =>
          places.reduce((now, place, i) => {
            const parts = now === '' ? [] : now.split(lines ? /(?=\n)/ : /(?=\s)/);
            const [at, apart] = [place % (parts.length + 1), lines ? '\n' : ' '];
            parts.splice(at, 0, at === 0 && now !== '' ? `${who}${i}${apart}` : `${apart}${who}${i}`);
            return parts.join('');
          }, base);
        const words = merged(base, added(mine, 'MINE'), added(theirs, 'THEIRS')).split(/\s+/).filter(Boolean);
        const expected = [
          ...base.split(/\s+/).filter(Boolean),
          ...mine.map((_, i) => `MINE${i}`),
          ...theirs.map((_, i) => `THEIRS${i}`),
        ];
        expect(words.sort()).toEqual(expected.sort());
      }),
      { examples: [['\n', [0, 0, 4, 0], [0, 0, 13, 0], false]] },
    );
  });
});
