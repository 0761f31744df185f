import { NameFinding, strength } from './finding';
import { wordsOf } from './facts';

describe('finding people by a name as it was typed', () => {
  const finding = new NameFinding([
    ['elizabeth', 'liz', 'beth'],
    ['alexander', 'alex'],
  ]);
  const typed = (given: string, family: string) => ({ given: wordsOf(given), family: wordsOf(family) });
  const agreed = (given: string, family: string, name = { given: 'Tamsin', family: 'Ashgrove' }) =>
    finding.agreement(typed(given, family), name);

  it.each([
    ['Tamsin', 'Ashgrove', { given: 'same', family: 'same', turned: false }],
    ['Ashgrove', 'Tamsin', { given: 'same', family: 'same', turned: true }],
    ['T', 'Ashgrove', { given: 'initial', family: 'same', turned: false }],
    ['Tamsin', 'A', { given: 'same', family: 'initial', turned: false }],
    ['Tamsni', 'Ashgrove', { given: 'close', family: 'same', turned: false }],
    ['Tamsin', 'Ashgrve', { given: 'same', family: 'close', turned: false }],
    ['Tam', 'Ashg', { given: 'begins', family: 'begins', turned: false }],
    ['Tamzen', 'Ashgrove', { given: 'sounds', family: 'same', turned: false }],
    ['', 'Ashgrove', { given: null, family: 'same', turned: false }],
  ])('%s %s agrees with Tamsin Ashgrove', (given, family, expected) => {
    expect(agreed(given, family)).toEqual(expected);
  });

  it('does not take others for her', () => {
    expect(agreed('Corin', 'Ashgrove')).toBeNull();
    expect(agreed('Tamsin', 'Fernlow')).toBeNull();
    expect(agreed('', '')).toBeNull();
    expect(agreed('Anna', '', { given: 'Una', family: 'Reed' })).toBeNull();
    expect(finding.agreement(typed('Tamsin', 'Ashgrove'), {})).toBeNull();
  });

  it('knows familiar forms and parts of a name', () => {
    expect(agreed('Liz', 'Ashgrove', { given: 'Elizabeth', family: 'Ashgrove' })).toMatchObject({ given: 'nickname' });
    expect(agreed('Mary', 'Jones', { given: 'Mary Jane', family: 'Smith-Jones' })).toMatchObject({
      given: 'part',
      family: 'part',
    });
  });

  it('puts the better agreement first', () => {
    const [same, turned, sounds] = [agreed('Tamsin', 'Ashgrove'), agreed('Ashgrove', 'Tamsin'), agreed('Tamzen', 'A')];
    expect(strength(same!)).toBeGreaterThan(strength(turned!));
    expect(strength(turned!)).toBeGreaterThan(strength(sounds!));
  });

  /** Whether the terms by which `word` is looked for meet those by which `name` is kept. */
  const meets = (word: string, name: string): boolean => {
    const kept = finding.kept(name);
    return finding
      .alike(word)
      .some((term) => (term.endsWith('*') ? kept.some((k) => k.startsWith(term.slice(0, -1))) : kept.includes(term)));
  };

  it('leads by its terms to every name within one slip', () => {
    const [word, letters] = ['castellan', 'abelnstxz'];
    for (let i = 0; i < word.length; i++) {
      const [before, after] = [word.slice(0, i), word.slice(i + 1)];
      expect(meets(before + after, word)).toBe(true); // missing
      expect(meets(before + (after[0] ?? '') + word[i]! + after.slice(1), word)).toBe(true); // changed round
      for (const letter of letters) {
        expect(meets(before + letter + after, word)).toBe(true); // wrong
        expect(meets(before + letter + word.slice(i), word)).toBe(true); // too many
      }
    }
    expect(meets('fernlow', 'castellan')).toBe(false);
  });

  it('leads to familiar forms, to what sounds the same, and by an initial', () => {
    expect(meets('beth', 'elizabeth')).toBe(true);
    expect(meets('katherine', 'catherine')).toBe(true);
    expect(meets('c', 'castellan')).toBe(true);
    expect(meets('cas', 'castellan')).toBe(true);
    expect(finding.exactly('castellan')).toEqual(['w:castellan*']);
    expect(finding.exactly('li')).toEqual(['w:li']);
  });
});
