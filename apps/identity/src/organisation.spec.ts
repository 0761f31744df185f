import {
  altered,
  areaFactsDiffer,
  closeArea,
  closeOrganisation,
  mustStillLead,
  organisationFactsDiffer,
  reopenArea,
  reopenOrganisation,
  takenIn,
  type Area,
  type Organisation,
} from './organisation';

const organisation: Organisation = { id: 'o', code: 'fire', name: 'Fire', type: 'FIRE', active: true, version: 1 };
const area: Area = { id: 'a', code: 'north', name: 'North', leadOrg: 'o', active: true, version: 1 };

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

describe('the registers', () => {
  const code = (act: () => unknown): string | undefined => {
    try {
      act();
      return undefined;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const closed = { ...organisation, active: false };

  it('write nothing when nothing differs, and count every change', () => {
    expect(altered(organisation, { name: 'Fire', type: 'FIRE' })).toBe(organisation);
    expect(altered(organisation, { name: 'Fire and Rescue' })).toEqual({
      ...{ ...organisation, name: 'Fire and Rescue', version: 2 },
    });
  });

  it('have no two records of one name or code, whatever the case of their letters', () => {
    const other = { id: 'p', code: 'police', name: 'Police' };
    expect(takenIn([organisation, other], organisation)).toBeNull();
    expect(takenIn([organisation], { ...other, code: 'FIRE' })).toBe('code');
    expect(takenIn([organisation], { ...other, name: 'fire' })).toBe('name');
  });

  it('close an organisation, but not one’s own, nor one that triages for an open area', () => {
    expect(closeOrganisation(organisation, 'mine', [])).toEqual({ ...closed, version: 2 });
    expect(closeOrganisation(organisation, 'mine', [{ ...area, active: false }]).active).toBe(false);
    expect(code(() => closeOrganisation(organisation, 'o', []))).toBe('organisation.own');
    expect(code(() => closeOrganisation(organisation, 'mine', [area]))).toBe('organisation.leads');
    expect(code(() => closeOrganisation(closed, 'mine', []))).toBe('organisation.closed');
  });

  it('close an area, and take back in what is closed', () => {
    expect(closeArea(area)).toMatchObject({ active: false, version: 2 });
    expect(code(() => closeArea({ ...area, active: false }))).toBe('area.closed');
    expect(reopenOrganisation(closed)).toEqual({ ...organisation, version: 2 });
    expect(code(() => reopenArea(area))).toBe('area.open');
  });

  it('are never left to nobody: whoever leads an area goes on leading one', () => {
    const [covers, other] = [{ areas: ['a', 'b'] }, { ...area, id: 'b' }];
    const gone = { ...area, active: false };
    expect(code(() => mustStillLead(covers, 'o', [area, other], gone))).toBeUndefined();
    expect(code(() => mustStillLead({ areas: ['a'] }, 'o', [area, other], gone))).toBe('area.last');
    expect(code(() => mustStillLead(covers, 'o', [area], { ...area, leadOrg: 'p' }))).toBe('area.last');
    expect(code(() => mustStillLead({ areas: [] }, 'o', [area, other], gone))).toBeUndefined();
    expect(code(() => mustStillLead({ areas: [] }, 'o', [area], gone))).toBe('area.last');
  });
});
