import { asked, indexed, words } from './search-text';

describe('what is searched by', () => {
  it('is small letters without accents, and digits', () => {
    expect(words('Siân O’Neill-Łukasz')).toEqual(['sian', 'oneill', 'lukasz']);
    expect(words("O'NEILL")).toEqual(['oneill']);
    expect(words('Großmann, Ægir')).toEqual(['grossmann', 'aegir']);
    expect(words('Олена')).toEqual(['олена']);
    expect(words(' .,;')).toEqual([]);
  });

  it('is names, aliases, numbers however they are grouped, places and what was told', () => {
    const found = indexed('R-7K3M-92QX', {
      people: [
        {
          name: { given: 'Mira', family: 'Castellan' },
          aliases: [{ family: 'Thorne' }, { given: 'Mimi' }],
          nhsNumber: '999 819 8178',
          phones: ['07700 900456'],
          addresses: [{ lines: ['8 Kestrel Court'], postcode: 'ZZ7 2BS' }],
        },
      ],
      concerns: {
        summary: 'He waits outside',
        crimeNumber: 'NP/2025/88120',
        happened: [{ what: 'A stone was thrown' }],
      },
    });
    expect(found.names).toBe('mira castellan thorne mimi');
    expect(found.words).toEqual(
      expect.arrayContaining([
        'r7k3m92qx',
        '92qx',
        'mira',
        'thorne',
        '9998198178',
        '8178',
        '07700900456',
        'kestrel',
        '2bs',
        'waits',
        'np202588120',
        'stone',
      ]),
    );
    expect(indexed('R-1', {}).names).toBe('');
    expect(() => indexed('R-1', { people: [null, 5, { name: null, aliases: {}, phones: 7 }] })).not.toThrow();
  });

  it('is asked for by beginnings, and a number as a whole', () => {
    expect(asked('mira Cast')).toEqual({ query: "'mira':* & 'cast':*", likeness: ['mira', 'cast'] });
    expect(asked('+44 7700 900456')!.query).toBe("'447700900456':*");
    expect(asked('8178')!.query).toBe("'8178':*");
    expect(asked("' | !")).toBeNull();
    expect(asked('a')).toBeNull();
    expect(asked("org:x' & 'y")!.query).toBe("'org':* & 'x':* & 'y':*"); // nothing that is typed is an operator
  });
});
