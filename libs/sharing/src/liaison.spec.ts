import type { Agreement, Party } from './agreement';
import { liaisonOf } from './liaison';
import { example, live, unsignedExample } from './worked.testing';

const at = new Date('2026-06-01T12:00:00Z');
const contact = { name: 'Information governance', email: 'governance@example.org' };
const changed = (orgId: string, change: (party: Party) => Party, id = 'A1'): Agreement =>
  live({
    ...unsignedExample,
    id,
    parties: unsignedExample.parties.map((each) => (each.orgId === orgId ? change(each) : each)),
  });
const gaps = (...agreements: readonly Agreement[]) =>
  liaisonOf(agreements, at).flatMap(({ orgId, gaps: found }) =>
    found.map(({ code, role, under }) => `${orgId} ${role} ${code} ${under.join()}`),
  );

describe('whom to turn to', () => {
  it('is told for each live party, by what agreements in force name', () => {
    const entries = liaisonOf([example, live({ ...unsignedExample, id: 'A2' })], at);
    expect(entries.map(({ orgId }) => orgId)).toEqual(['LA1', 'NHS1', 'POL1', 'VCS1']);
    const under = ['A1@1.2.0', 'A2@1.2.0'];
    expect(entries[0]!.contacts).toEqual(['dlo', 'spoc', 'dpo'].map((role) => ({ role, contact, under })));
    expect(entries[1]!.contacts.map(({ role }) => role)).toContain('caldicottGuardian');
    expect(gaps(example)).toEqual([]);
  });

  it('names nobody for who has left, or has not signed', () => {
    const left = changed('VCS1', (party) => ({ ...party, withdrawnAt: '2026-05-01T00:00:00Z' }));
    expect(liaisonOf([left], at).map(({ orgId }) => orgId)).toEqual(['LA1', 'NHS1', 'POL1']);
    expect(liaisonOf([unsignedExample], at)).toEqual([]);
  });

  it('has a gap where nobody is named, a single point of contact beside it or not', () => {
    expect(gaps(changed('LA1', ({ dlo, ...party }) => party))).toEqual(['LA1 dlo not-named A1@1.2.0']);
    expect(gaps(changed('LA1', ({ spoc, ...party }) => party))).toEqual([]);
    const unguarded = changed('NHS1', ({ caldicottGuardian, ...party }) => party);
    expect(gaps(unguarded)).toEqual(['NHS1 caldicottGuardian not-named A1@1.2.0']);
  });

  it('has a gap where whoever is named cannot be reached', () => {
    const unreachable = changed('POL1', (party) => ({ ...party, dlo: { name: 'Robin Marsh', email: ' ' } }));
    expect(gaps(unreachable)).toEqual(['POL1 dlo not-reachable A1@1.2.0']);
    const telephone = { name: 'Robin Marsh', telephone: '01632 960001' };
    expect(gaps(changed('POL1', (party) => ({ ...party, dlo: telephone })))).toEqual([]);
  });

  it('has a gap where agreements name different people', () => {
    const other = changed('LA1', (party) => ({ ...party, dlo: { ...contact, name: 'Somebody else' } }), 'A2');
    expect(gaps(example, other)).toEqual(['LA1 dlo named-differently A1@1.2.0,A2@1.2.0']);
  });
});
