import { mayDo, permissions, type Action } from './permissions';
import { actionsOf, isScope, rolesOf, scopeNames, scopes, scopesFor } from './scopes';

describe('scopes of API clients', () => {
  it.each(scopeNames)('%s: its role may do each of its actions', (name) => {
    const { actions, role } = scopes[name];
    expect(actions.filter((action: Action) => !mayDo([role], action))).toEqual([]);
  });

  it('hold nothing that only a person may decide: no decision, no erasure, no combination of people, no emergency', () => {
    const all = [...actionsOf(scopeNames)];
    expect(all.filter((a) => ['DECISION', 'ERASURE', 'COMBINATION'].includes(permissions[a].op))).toEqual([
      'referral.discard', // one's own draft
    ]);
    expect(all.filter((a) => /^(glass|restriction|membership|client|export)\./.test(a))).toEqual([]);
  });

  it('add up, and what is no scope adds nothing', () => {
    expect([...actionsOf(['receipts.read', 'everything', 'constructor'])]).toEqual(['receipt.read']);
    expect(rolesOf(['cases.read', 'referrals.make', 'receipts.read'])).toEqual([
      'practitioner',
      'agency-representative',
    ]);
    expect(scopesFor('case.view')).toEqual(['cases.read']);
    expect(scopesFor('glass.break')).toEqual([]);
    expect([isScope('cases.read'), isScope('toString')]).toEqual([true, false]);
  });
});
