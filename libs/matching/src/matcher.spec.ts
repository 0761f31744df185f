import { loadPacks } from '@concordat/packs';
import * as fc from 'fast-check';
import { join } from 'node:path';
import { prepare, type Facts } from './facts';
import { Matcher, type Comparison } from './matcher';

const model = loadPacks(join(__dirname, '../../../packs/england-wales')).matching();
const matcher = new Matcher(model);
const compare = (a: Facts, b: Facts): Comparison => matcher.compare(prepare(a), prepare(b));
const levels = (a: Facts, b: Facts): Record<string, string> =>
  Object.fromEntries(compare(a, b).reasons.map((r) => [r.field, r.level]));
const named = (given: string, family: string, more: Facts = {}): Facts => ({ names: [{ given, family }], ...more });
const born = (...values: string[]): Facts => ({ births: values.map((value) => ({ value })) });

const tamsin: Facts = {
  names: [{ given: 'Tamsin', family: 'Ashgrove' }],
  births: [{ value: '1987-05-09' }],
  sex: 'female',
  places: [{ postcode: 'ZZ7 2BS', lines: ['8 Kestrel Court'] }],
};

describe('comparing two people', () => {
  it.each<[string, Facts, Facts, Record<string, string>]>([
    ['accents and case', named('Siân', 'O’Neill'), named('SIAN', 'ONeill'), { forename: 'same', surname: 'same' }],
    ['a nickname', named('Elizabeth', 'Vale'), named('Liz', 'Vale'), { forename: 'nickname' }],
    ['an initial', named('Tamsin', 'Vale'), named('T', 'Vale'), { forename: 'initial' }],
    ['a slip', named('Tamsin', 'Ashgrove'), named('Tamsni', 'Ashgove'), { forename: 'close', surname: 'close' }],
    ['a middle name', named('Mary Jane', 'Vale'), named('Mary', 'Vale'), { forename: 'part' }],
    ['a double-barrelled name', named('Nia', 'Vale-Thorne'), named('Nia', 'Thorne'), { surname: 'part' }],
    ['names turned round', named('Tamsin', 'Ashgrove'), named('Ashgrove', 'Tamsin'), { order: 'transposed' }],
    ['other names', named('Nia', 'Vale'), named('Corin', 'Ashgrove'), { forename: 'different', surname: 'different' }],
    ['the same birth', born('1987-05-09'), born('1987-05-09'), { birth: 'same' }],
    ['day and month turned', born('1987-05-09'), born('1987-09-05'), { birth: 'swapped' }],
    ['a digit wrong', born('1987-05-09'), born('1981-05-09'), { birth: 'slip' }],
    ['a month known', born('1987-05'), born('1987-05-09'), { birth: 'month' }],
    ['a year known', born('1987'), born('1987-05-09'), { birth: 'year' }],
    ['two parts', born('1987-05-09'), born('1964-05-09'), { birth: 'part' }],
    ['another birth', born('1987-05-09'), born('1990-01-30'), { birth: 'different' }],
    ['an alternative birth', born('1990-01-30', '1987-05-09'), born('1987-05-09'), { birth: 'same' }],
    [
      'about that age',
      { births: [{ value: '1985', approximate: true }] },
      born('1987-05-09'),
      { birth: 'approximate' },
    ],
    ['a postcode however grouped', place('ZZ72BS'), place('zz7 2bs'), { postcode: 'same' }],
    ['a postcode with a slip', place('ZZ7 2BS'), place('ZZ7 2BX'), { postcode: 'slip' }],
    ['a postcode of the district', place('ZZ7 2BS'), place('ZZ7 9XX'), { postcode: 'district' }],
    [
      'an earlier address',
      { places: [{ postcode: 'ZZ1 1AA' }, { postcode: 'ZZ7 2BS' }] },
      place('ZZ7 2BS'),
      { postcode: 'same' },
    ],
    ['a telephone number', { phones: ['+44 7700 900456'] }, { phones: ['07700 900456'] }, { phone: 'same' }],
    ['leading zeros', police('00123'), police('123'), { police: 'different' }],
  ])('knows %s', (_, a, b, expected) => {
    expect(levels(a, b)).toMatchObject(expected);
  });

  it('is near-certain of what agrees throughout, and says why field by field without a value', () => {
    const found = compare(tamsin, tamsin);
    expect(found.band).toBe('near-certain');
    expect(found.reasons.map((r) => r.field)).toEqual([
      'forename',
      'surname',
      'birth',
      'postcode',
      'address-near',
      'sex',
    ]);
    expect(found.reasons.every((r) => r.bits > 0 && r.words.length > 5)).toBe(true);
    expect(found.reasons.map((r) => r.words).join()).not.toMatch(/tamsin|ashgrove|1987|zz7|kestrel/i);
    expect(found.bits).toBeCloseTo(found.reasons.reduce((sum, r) => sum + r.bits, 0));
  });

  it('never matches different NHS numbers, and offers the same with another birth date (DUP-8)', () => {
    const number = (value: string): Facts => ({ identifiers: [{ kind: 'nhs-number', value }] });
    const conflict = compare({ ...tamsin, ...number('999 819 8178') }, { ...tamsin, ...number('9990578184') });
    expect(conflict).toMatchObject({ band: null, conflict: true, bits: -Infinity });
    const offered = compare(
      { ...tamsin, ...number('999 819 8178') },
      { ...tamsin, ...born('1960-12-30'), ...number('9998198178') },
    );
    expect(offered.band).not.toBeNull();
    expect(offered.reasons.some((r) => r.field === 'birth' && r.bits < 0)).toBe(true);
    expect(offered.reasons.some((r) => r.field === 'nhs-number' && r.bits > 0)).toBe(true);
  });

  it('does not match twins, couples, or parent and child of one name', () => {
    const twin = compare(tamsin, { ...tamsin, ...named('Bronwen', 'Ashgrove') });
    expect(twin.band).toBeNull();
    expect(twin.reasons.at(-1)).toMatchObject({ field: 'household', level: 'twins' });
    const partner = compare(tamsin, { ...tamsin, ...named('Rhys', 'Ashgrove'), births: [], sex: 'male' });
    expect(partner.band).toBeNull();
    const mother = compare(tamsin, { ...tamsin, ...born('1961-02-17') });
    expect(mother.band).toBeNull();
    expect(mother.reasons.at(-1)).toMatchObject({ level: 'generations' });
    const number = { identifiers: [{ kind: 'nhs-number', value: '9998198178' }] };
    expect(
      compare({ ...tamsin, ...number }, { ...tamsin, ...named('Bron', 'Ashgrove'), ...number }).band,
    ).not.toBeNull();
  });

  it('makes more of a rare name than of a common one, within limits', () => {
    const shares = (share: number): Matcher => new Matcher(model, (field) => (field === 'surname' ? share : undefined));
    const bits = (share: number): number =>
      shares(share).compare(prepare(named('', 'Vale')), prepare(named('', 'Vale'))).bits;
    expect(bits(0.0001) - bits(0.01)).toBeCloseTo(Math.log2(100));
    expect(bits(1e-12)).toBe(bits(model.rarest));
  });

  it('counts an alias for less than the name in use: it is one more chance to agree by accident', () => {
    const alone = compare(named('Tamsin', 'Thorne'), named('Tamsin', 'Thorne')).bits;
    const withAlias = compare(
      {
        names: [
          { given: 'Tamsin', family: 'Ashgrove' },
          { family: 'Thorne', given: 'Tamsin' },
        ],
      },
      named('Tamsin', 'Thorne'),
    ).bits;
    expect(alone - withAlias).toBeCloseTo(1);
  });

  it('does not mind which is first, nor what is missing', () => {
    const text = fc.constantFrom('Tamsin', 'Tam', 'T', 'Ashgrove', 'Ash', '', 'Vale-Thorne', 'Elizabeth', 'Liz');
    const facts = fc.record({
      names: fc.array(fc.record({ given: text, family: text }), { maxLength: 2 }),
      births: fc.array(
        fc.record({ value: fc.constantFrom('1987', '1987-05', '1987-05-09', '1987-09-05', '1961-02-17') }),
        { maxLength: 2 },
      ),
      sex: fc.constantFrom('female', 'male', 'not-known', undefined),
      places: fc.array(
        fc.record({
          postcode: fc.constantFrom('ZZ7 2BS', 'ZZ7 2BX', ''),
          lines: fc.constantFrom(['8 Kestrel Court'], ['9 Kestrel Court'], []),
        }),
        { maxLength: 2 },
      ),
    });
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        const [x, y] = [compare(a, b), compare(b, a)];
        expect(x.bits).toBeCloseTo(y.bits, 6);
        expect(x.band).toBe(y.band);
      }),
    );
    expect(compare({}, tamsin)).toEqual({ bits: 0, band: null, conflict: false, reasons: [] });
  });
});

function place(postcode: string): Facts {
  return { places: [{ postcode }] };
}
function police(value: string): Facts {
  return { identifiers: [{ kind: 'police', value }] };
}
