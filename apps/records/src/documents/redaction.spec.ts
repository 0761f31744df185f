import fc from 'fast-check';
import { redacted, REMOVED, says, visible } from './redaction';

const without = (text: string, passages: string[], lines: number[] = []) => redacted(text, { passages, lines });

describe('a redacted text', () => {
  it('has nothing of what was removed, wherever it stood, and does not tell how long it was', () => {
    const text = 'Seen by Ana Vale.\nana  vale rang; ANA\nVALE wrote. Anahita did not.';
    expect(without(text, ['Ana Vale'])).toEqual({
      text: `Seen by ${REMOVED}.\n${REMOVED} rang; ${REMOVED} wrote. Anahita did not.`,
      found: [3],
      linesRemoved: 0,
    });
    expect(without('One.\r\nTwo is long.\nThree.', [], [2, 2])).toEqual({
      text: `One.\n${REMOVED}\nThree.`,
      found: [],
      linesRemoved: 1,
    });
  });

  it('finds what is written with characters that are not seen, composed otherwise, or with signs of patterns', () => {
    expect(without('Ze\u0301lie Mo\u00ADre\u200Bau, \uFEFFZélie\u00A0Moreau', ['zélie moreau']).found).toEqual([2]);
    expect(without('C++ (v.1) costs $5 [a|b]\\', ['c++ (v.1)', '$5 [a|b]\\']).text).toBe(`${REMOVED} costs ${REMOVED}`);
  });

  it('joins what overlaps, and tells of a passage that is not there', () => {
    expect(without('abc def ghi', ['abc def', 'def ghi', 'xyz'])).toMatchObject({ text: REMOVED, found: [1, 1, 0] });
  });

  it('never holds a passage, whatever text and passages', () => {
    const word = fc.stringMatching(/^[a-cA-C \n\u00AD.]{1,12}$/).filter((w) => /[a-z]{2}/i.test(visible(w)));
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 30 }),
        fc.array(word, { minLength: 1, maxLength: 4 }),
        (parts, passages) => {
          const { text } = without(parts.join(''), passages);
          expect(says(text, passages)).toBe(false);
          const bare = (t: string) => visible(t).toLowerCase().replace(/\s+/g, ' ');
          for (const p of passages) expect(bare(text)).not.toContain(bare(p.trim()));
        },
      ),
    );
  });

  it('is refused when what stands for the removed would say it', () => {
    expect(() => without('ab ab', ['ab', '█████ █████'])).toThrow(RangeError);
  });
});
