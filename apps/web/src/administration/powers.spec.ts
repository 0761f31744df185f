import { actions, mayDo, roles } from '@concordat/contracts';
import { powersOf } from './powers';

const of = (who: Parameters<typeof powersOf>[0], thing: string): string | undefined =>
  powersOf(who).find((each) => each.thing === thing)?.may;

describe('what a role may do', () => {
  it('is what the table of permissions says, by what it is done with', () => {
    expect(of('auditor', 'Trail')).toBe('export, read, read administration, verify');
    expect(of('administrator', 'Trail')).toBe('read administration');
    expect(of('board-member', 'Case')).toBeUndefined();
    expect(of('anyone', 'Session')).toBe('end, start, view');
  });

  it('leaves nothing out that somebody of that role may do', () => {
    const all = powersOf('anyone').flatMap(({ may }) => may.split(', ')).length;
    for (const role of roles) {
      const told = powersOf(role).flatMap(({ may }) => may.split(', ')).length;
      expect([role, told + all]).toEqual([role, actions.filter((action) => mayDo([role], action)).length]);
    }
  });
});
