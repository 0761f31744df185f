import { referenceFrom } from '@concordat/contracts';
import { probeOf, type Probe } from './probe';

const NOTHING: Probe = {
  ...{ reference: null, elsewhere: null, numbers: [], phones: [], postcode: null, births: [], words: [], names: [] },
  text: '',
};
const probe = (typed: string): Probe => {
  const found = probeOf(typed);
  if (typeof found === 'string') throw new Error(found);
  return found;
};

describe('what somebody typed', () => {
  it('is a reference, however it is written, and then no words', () => {
    const reference = referenceFrom('C', 7n);
    for (const typed of [reference, reference.toLowerCase(), ` ${reference.replaceAll('-', ' ')} `])
      expect(probe(typed)).toMatchObject({ reference, text: null });
    expect(probe(`${reference.slice(0, -1)}*`).reference).toBeNull();
  });

  it('is an NHS number or a telephone number in any spacing', () => {
    for (const typed of ['999 819 8178', '9998198178', '999-819-8178'])
      expect(probe(typed).numbers).toContain('9998198178');
    for (const typed of ['07700 900456', '+44 7700 900 456', '(07700) 900-456', '00447700900456'])
      expect(probe(typed).phones).toEqual(['07700900456']);
    expect(probe('999 819 8179').numbers).toEqual(['9998198179']); // by its check digit none, but somebody's number may be
  });

  it('is a postcode, whole or in part, and what stands beside it is a name', () => {
    for (const typed of ['ZZ7 2BS', 'zz72bs']) expect(probe(typed).postcode).toEqual({ outward: 'zz7', inward: '2bs' });
    expect(probe('zz7').postcode).toEqual({ outward: 'zz7', inward: '' });
    expect(probe('ZZ7 2').postcode).toEqual({ outward: 'zz7', inward: '2' });
    expect(probe('Ashgrove ZZ7 2BS')).toMatchObject({
      postcode: { outward: 'zz7', inward: '2bs' },
      words: ['ashgrove'],
    });
  });

  it.each([
    ['Tamsin Ashgrove 09/05/1987', ['1987-05-09']],
    ['Tamsin Ashgrove 9.5.1987', ['1987-05-09']],
    ['Tamsin Ashgrove 1987-05-09', ['1987-05-09']],
    ['Tamsin Ashgrove, 9 May 1987', ['1987-05-09']],
    ['Tamsin Ashgrove 9th September 1987', ['1987-09-09']],
    ['Tamsin Ashgrove 9/5/87', ['1987-05-09', '2087-05-09']],
    ['Tamsin Ashgrove 31/02/1987', []],
  ])('%s holds the dates of birth %p', (typed, births) => {
    expect(probe(typed).births).toEqual(births);
    if (births.length > 0) expect(probe(typed).words).toEqual(['tamsin', 'ashgrove']);
  });

  it('is a name, divided where it may be, or where a comma says', () => {
    expect(probe('Mrs Ashgrove').names).toEqual([{ given: [], family: ['ashgrove'] }]);
    expect(probe("T O'Neill").names).toEqual([{ given: ['t'], family: ['oneill'] }]);
    expect(probe('Ashgrove, Tamsin').names).toEqual([{ given: ['tamsin'], family: ['ashgrove'] }]);
    expect(probe('Mary Jane Smith-Jones').names).toHaveLength(3);
    expect(probe('she said that he waits outside').names).toEqual([]);
    expect(probe('NP/2025/88120')).toMatchObject({ numbers: ['np202588120'], names: [] });
  });

  it('is words otherwise, in which nothing that is typed takes anything away', () => {
    expect(probe('police -threats').text).toBe('police threats');
    expect(probe('"waits outside"').text).toBe('"waits outside"');
    expect(probe('she said that he waits outside')).toEqual({ ...NOTHING, text: 'she said that he waits outside' });
  });

  it('says why it cannot be searched for', () => {
    for (const typed of ['', ' ', 'a', "' | !", '--']) expect(probeOf(typed)).toBe('too-short');
    for (const typed of ['T A', 't.a.']) expect(probeOf(typed)).toBe('too-broad');
    expect(probeOf('T A 09/05/1987')).toMatchObject({ births: ['1987-05-09'] });
  });
});
