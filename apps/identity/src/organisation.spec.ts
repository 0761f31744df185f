import { areaFactsDiffer, organisationFactsDiffer, type Area, type Organisation } from './organisation';

const organisation: Organisation = { id: 'o', code: 'fire', name: 'Fire', type: 'FIRE', active: true };
const area: Area = { id: 'a', code: 'north', name: 'North', leadOrg: 'o', active: true };

describe('what other contexts are told of', () => {
  it('an organisation is its kind and whether it is active, never its name', () => {
    expect(organisationFactsDiffer(undefined, organisation)).toBe(true);
    expect(organisationFactsDiffer(organisation, { ...organisation, name: 'Fire and Rescue', code: 'far' })).toBe(
      false,
    );
    expect(organisationFactsDiffer(organisation, { ...organisation, type: 'POLICE' })).toBe(true);
    expect(organisationFactsDiffer(organisation, { ...organisation, active: false })).toBe(true);
  });

  it('an area is its lead and whether it is active', () => {
    expect(areaFactsDiffer(undefined, area)).toBe(true);
    expect(areaFactsDiffer(area, { ...area, name: 'Northbank' })).toBe(false);
    expect(areaFactsDiffer(area, { ...area, leadOrg: 'other' })).toBe(true);
    expect(areaFactsDiffer(area, { ...area, active: false })).toBe(true);
  });
});
