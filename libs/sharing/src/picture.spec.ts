import { decide } from './decisions/decide';
import { Declarations, Register } from './decisions/register';
import type { DecisionRequest } from './decisions/request';
import { pictureOf } from './picture';
import { example, law } from './worked.testing';

const at = new Date('2026-06-01T12:00:00Z');
const lines = (filter = {}, agreement = example, when = at) =>
  pictureOf([agreement], when, filter).map(
    (a) => `${a.flow} ${a.from}>${a.to} ${a.items.map((i) => i.code).join(',')}`,
  );

const asking = (from: string, to: string, item: string): DecisionRequest => ({
  requestId: 'r',
  at: at.toISOString(),
  kind: 'DISCLOSE',
  agreementId: 'A1',
  sender: from,
  recipients: [to],
  actor: { userId: 'u', orgId: from, permissions: [] },
  purpose: 'MARAC',
  items: [item],
  conditions: {},
  subjects: [{ pid: 'p', about: 'VICTIM', match: 'EXACT', deceased: false }],
  method: 'EMAIL',
  classification: 'OFFICIAL',
  setting: 'OUTSIDE',
  consent: { state: 'NOT_SOUGHT', withoutReason: 'WOULD_PREJUDICE' },
});

describe('the picture of who may send what to whom', () => {
  it('has an arrow for each flow between each two live parties that it names', () => {
    expect(lines()).toEqual([
      ...[
        'F1 LA1>POL1',
        'F1 LA1>VCS1',
        'F1 POL1>LA1',
        'F1 POL1>VCS1',
        'F1 NHS1>LA1',
        'F1 NHS1>POL1',
        'F1 NHS1>VCS1',
      ].map((each) => `${each} NAME,DASH,CONV,FIN`),
      ...['F2 NHS1>LA1 NAME,HEALTH', 'F2 NHS1>POL1 NAME,HEALTH'],
    ]);
  });

  it('is filtered by purpose and by category of data', () => {
    expect(lines({ category: 'SPECIAL' })).toEqual(['F2 NHS1>LA1 HEALTH', 'F2 NHS1>POL1 HEALTH']);
    expect(lines({ category: 'DEPERSONALISED' })).toEqual([]);
    expect(lines({ purpose: 'CCM' })).toEqual([]);
    expect(lines({ purpose: 'MARAC', category: 'CRIMINAL' })[0]).toBe('F1 LA1>POL1 CONV');
  });

  it('leaves out who has left, has not signed or has not joined yet, from that instant on', () => {
    const withdrawn = {
      ...example,
      parties: example.parties.map((p) => (p.orgId === 'LA1' ? { ...p, withdrawnAt: '2026-06-01T12:00:00Z' } : p)),
    };
    expect(lines({}, withdrawn).join()).not.toContain('LA1');
    expect(lines({}, withdrawn, new Date(at.getTime() - 1)).join()).toContain('LA1');
    expect(lines({}, { ...example, parties: example.parties.map(({ signedAt: _, ...p }) => p) })).toEqual([]);
  });

  it('shows nothing of accords, which permit nothing by themselves', () => {
    expect(lines({}, { ...example, tier: 'ACCORD' })).toEqual([]);
  });

  it('has no arrow that the decision point does not know: what is not in it is refused as NO_FLOW or out of scope', () => {
    const standing = { register: Register.of([example], law), declarations: Declarations.of([]), auditDurable: true };
    const arrows = pictureOf([example], at);
    const orgs = example.parties.map((p) => p.orgId);
    for (const from of orgs)
      for (const to of orgs.filter((o) => o !== from))
        for (const { code } of example.dataItems) {
          const drawn = arrows.some((a) => a.from === from && a.to === to && a.items.some((i) => i.code === code));
          const { reasons } = decide(asking(from, to, code), standing);
          expect(reasons.some((r) => r === 'NO_FLOW' || r === 'ITEM_NOT_IN_SCOPE')).toBe(!drawn);
        }
  });
});
