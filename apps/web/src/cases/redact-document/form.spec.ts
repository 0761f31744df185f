import { Submitted } from '../../design/submitted';
import { numbersIn, wantedIn } from './form';

describe('what is to be removed from a text', () => {
  it('is named by numbers of lines and ranges of them, and nothing else', () => {
    expect(numbersIn('9, 3 7-8;3')).toEqual([3, 7, 8, 9]);
    expect(numbersIn('')).toEqual([]);
    for (const wrong of ['0', '8-7', 'two', '1-', '-1', '1-20000', '3.5']) expect(numbersIn(wrong)).toBeNull();
  });

  it('is passages as they were typed, once each; what is too short is an error of its field', () => {
    const read = (passages: string, lines = '') => {
      const sent = new Submitted({ passages, lines });
      return { ...wantedIn(sent), errors: sent.errors.map((e) => `${e.field} ${e.code}`) };
    };
    expect(read('Ana Vale\r\n\r\nAna Vale\r\n12')).toEqual({ passages: ['Ana Vale', '12'], lines: [], errors: [] });
    expect(read('A', 'x').errors).toEqual(['passages too-short', 'lines wrong-form']);
  });
});
