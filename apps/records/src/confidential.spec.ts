import { keepingWithheld, shownTo } from './confidential';
import type { PersonDetails } from './person';

const source = { orgId: 'charity', at: '2026-11-24T10:00:00.000Z' };
const refuge = { kind: 'home', lines: ['12 Invented Row'], postcode: 'ZZ9 1AA', confidential: true, source };
const office = { kind: 'work', lines: ['1 Made-up Lane'], source };
const details: PersonDetails = { name: { given: 'Nerys' }, addresses: [refuge, office] };
const other = { orgId: 'police', leads: false };

describe('a confidential address', () => {
  it.each([
    ['the agency that leads a case', { orgId: 'council', leads: true }],
    ['the agency that recorded it', { orgId: 'charity', leads: false }],
  ])('is shown to %s', (_, looker) => expect(shownTo(looker, details)).toEqual(details));

  it.each([
    ['another that takes part', other],
    ['nobody in particular', { orgId: null, leads: false }],
  ])('is not shown to %s, only that there is one', (_, looker) => {
    const shown = shownTo(looker, details);
    expect(shown.addresses).toEqual([{ kind: 'home', confidential: true, source }, office]);
    expect(JSON.stringify(shown)).not.toMatch(/Invented|ZZ9/);
  });

  it('without a source is shown to who leads only', () => {
    const unsourced = { addresses: [{ lines: ['12 Invented Row'], confidential: true }] };
    expect(shownTo(other, unsourced).addresses).toEqual([{ confidential: true }]);
  });

  it('stays when somebody who does not see it changes the addresses, takes them away or sends back what stood for it', () => {
    const moved = { lines: ['2 Made-up Lane'] };
    expect(keepingWithheld(other, details, { addresses: [moved] }).addresses).toEqual([moved, refuge]);
    expect(keepingWithheld(other, details, { addresses: null }).addresses).toEqual([refuge]);
    expect(keepingWithheld(other, details, { addresses: [{ kind: 'home', confidential: true }] }).addresses).toEqual([
      refuge,
    ]);
    expect(keepingWithheld(other, details, { sex: 'female' })).toEqual({ sex: 'female' });
    expect(keepingWithheld({ orgId: 'council', leads: true }, details, { addresses: [] })).toEqual({ addresses: [] });
  });
});
