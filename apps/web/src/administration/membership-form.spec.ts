import { Conflict, Forbidden, Invalid, RuleBroken } from '@concordat/platform';
import { Submitted } from '../design/submitted';
import type { Area, Me } from '../apis/identity';
import { areasToChange, problemsOf, readPart } from './membership-form';
import { administered } from './reach';

const area = (id: string, leadOrg = 'council', active = true): Area => ({ id, name: id, leadOrg, active });
const org = (id: string, active = true) => ({ id, name: id, type: 'COUNCIL', active });
const me = (orgId: string, ...areas: string[]): Me => ({
  ...{ id: 'me', name: 'Me', organisation: org(orgId), roles: ['administrator'] },
  areas: areas.map((id) => area(id)),
});

describe('administering', () => {
  const all = [org('council'), org('charity'), org('gone', false)];

  it('reaches every organisation from one that leads an area which the administrator covers, and else one’s own', () => {
    const reach = (visitor: Me) => administered(visitor, all, [area('north')]).map(({ id }) => id);
    expect(reach(me('council', 'north'))).toEqual(['council', 'charity']);
    expect(reach(me('council'))).toEqual(['council']);
    expect(reach(me('charity', 'north'))).toEqual(['charity']);
  });

  it('offers the areas that the administrator covers, and keeps the others that somebody has', () => {
    const areas = [area('north'), area('south'), area('old', 'council', false)];
    const { choices, staying } = areasToChange(areas, [area('north'), area('old')], ['south', 'old']);
    expect(choices.map(({ value }) => value)).toEqual(['north', 'old']);
    expect(staying.map(({ id }) => id)).toEqual(['south']);
    expect(areasToChange(areas, [area('old')], []).choices).toEqual([]);
    const sent = new Submitted({ roles: ['practitioner'], areas: ['north'] });
    expect(readPart(sent, staying)).toEqual({
      part: { roles: ['practitioner'], areas: ['north', 'south'] },
      problems: [],
    });
    expect(readPart(new Submitted({}), []).problems).toMatchObject([{ field: 'roles', code: 'required' }]);
  });

  it('says what was refused beside its field, and throws what no field can answer', () => {
    const wrong = { field: 'areas.0', code: 'area.unknown', message: 'There is no such area' };
    expect(problemsOf(new Invalid([wrong]))).toMatchObject([{ field: 'areas', code: 'area.unknown' }]);
    expect(problemsOf(new Conflict('staff.username-taken', ''))).toMatchObject([{ field: 'username' }]);
    expect(problemsOf(new RuleBroken('membership.area-not-yours', ''))).toMatchObject([{ field: 'roles' }]);
    expect(() => problemsOf(new Forbidden('role.not-entitled', ''))).toThrow(Forbidden);
    expect(() => problemsOf(new Conflict('something.else', ''))).toThrow(Conflict);
  });
});
