import { actionsOfAccess, actionsOfKind, actKinds, kindOfAction } from './act-kinds';
import { actions, permissions, type Action } from './permissions';

describe('kinds of acts', () => {
  it('hold every action that concerns data once, and none that the system does of itself', () => {
    const told = actKinds.filter((k) => k !== 'refused').flatMap(actionsOfKind);
    expect(new Set(told).size).toBe(told.length);
    const left = actions.filter((action) => !told.includes(action));
    expect(left.filter((action) => permissions[action].op !== 'SYSTEM')).toEqual([]);
    expect(left).toContain('session.start');
  });

  it('tell reading, changing, disclosing, searching, exporting and emergencies apart', () => {
    expect(kindOfAction('case.view')).toBe('read');
    expect(kindOfAction('case.erase')).toBe('changed');
    expect(kindOfAction('referral.offer')).toBe('disclosed');
    expect(kindOfAction('person.match')).toBe('searched');
    expect(kindOfAction('export.download')).toBe('exported');
    expect(kindOfAction('glass.report-attempt')).toBe('broke-the-glass');
    expect(kindOfAction('ledger.heartbeat')).toBeNull();
  });

  it('in an access log are those by which case workers see something, and none of those who oversee them', () => {
    for (const seen of [
      'case.view',
      'case.list',
      'record.search',
      'chronology.export',
      'glass.break',
      'case.view-access-log',
    ])
      expect([seen, actionsOfAccess.includes(seen as Action)]).toEqual([seen, true]);
    for (const not of ['case.change-participation', 'trail.read', 'trail.export', 'access.look-back', 'case.open'])
      expect([not, actionsOfAccess.includes(not as Action)]).toEqual([not, false]);
  });

  it('of what was refused are all', () => expect(actionsOfKind('refused')).toEqual(actions));
});
