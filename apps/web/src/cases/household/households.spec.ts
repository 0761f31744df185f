import { householdsOf } from './households';

const at = (id: string, more: object = {}) => ({
  id,
  addresses: [{ kind: 'home', lines: ['8 Kestrel Court'], postcode: 'ZZ7 2BS', ...more }],
});
const ids = (people: Parameters<typeof householdsOf>[0]) => householdsOf(people, '2026-11-28').map((h) => h.people);

describe('households', () => {
  it('are people at one address now, however it was written', () => {
    expect(
      ids([at('a'), at('b', { lines: ['8, kestrel court'], postcode: 'zz72bs' }), at('c', { postcode: 'ZZ7 2BT' })]),
    ).toEqual([['a', 'b']]);
    expect(ids([at('a'), at('b', { to: '2026-10' })])).toEqual([]);
    expect(ids([at('a'), at('b', { kind: 'work' })])).toEqual([]);
    expect(ids([at('a'), at('b', { postcode: '' })])).toEqual([]);
    expect(ids([at('a')])).toEqual([]);
  });

  it('are never found by a confidential address, on either side', () => {
    expect(ids([at('a', { confidential: true }), at('b')])).toEqual([]);
    expect(ids([at('a', { confidential: true }), at('b', { confidential: true })])).toEqual([]);
  });
});
