import fc from 'fast-check';
import type { Agreement } from './agreement';
import { answered } from './decisions/answered';
import { decideAmong } from './decisions/decide-among';
import { Declarations, Register } from './decisions/register';
import type { DecisionRequest } from './decisions/request';
import { asInForceSince, Preview, type PastDecision } from './preview';
import { takeStep } from './status';
import { example, law, live, unsignedExample } from './worked.testing';

const SINCE = new Date('2026-05-01T00:00:00Z');
const declarations = Declarations.of([]);
const names = { organisation: () => undefined, item: () => undefined };
const asked: DecisionRequest = {
  requestId: 'R-1',
  at: '2026-06-01T10:00:00Z',
  kind: 'DISCLOSE',
  agreementId: 'A1',
  sender: 'LA1',
  recipients: ['POL1'],
  actor: { userId: 'U1', orgId: 'LA1', permissions: [] },
  purpose: 'MARAC',
  items: ['NAME'],
  conditions: {},
  subjects: [{ pid: 'P1', about: 'VICTIM', match: 'EXACT', deceased: false }],
  method: 'EMAIL',
  classification: 'OFFICIAL-SENSITIVE',
  setting: 'OUTSIDE',
  consent: { state: 'NOT_SOUGHT', withoutReason: 'WOULD_PREJUDICE' },
};
const registerOf = (...agreements: readonly Agreement[]) => Register.of(agreements, law);

/** What was decided by a register, as it is kept. */
function decided(register: Register, more: Partial<DecisionRequest> = {}, id = 'D-1'): PastDecision {
  const found = decideAmong({ ...asked, ...more }, { register, declarations, auditDurable: true });
  return { id, request: found.request, decision: found.decision, answer: null };
}
function previewed(register: Register, agreement: Agreement, past: readonly PastDecision[], others = [example]) {
  const preview = new Preview(register, [], { agreement, others, since: SINCE }, names);
  for (const one of past) preview.replay(one);
  return { replayed: preview.replayed, effects: preview.effects() };
}
const flowsOf = (...items: readonly string[]) =>
  unsignedExample.flows.map((flow) => (flow.id === 'F1' ? { ...flow, items } : flow));
const next = (more: Partial<Agreement> = {}): Agreement => ({ ...unsignedExample, version: '2.0.0', ...more });
const told = ({ effects }: ReturnType<typeof previewed>) =>
  effects.map(({ was, would, count }) => [was.outcome, would.outcome, ...would.reasons.slice(0, 1), count].join(' '));

describe('what a version would change', () => {
  const now = registerOf(example);

  it('is nothing where its terms are the same', () => {
    const past = [decided(now), decided(now, { items: ['HEALTH'] }), decided(now, { purpose: 'HOUSING' })];
    expect(previewed(now, next(), past)).toEqual({ replayed: 3, effects: [] });
  });

  it('is what it would have refused, with the reason in words and one example for all that are alike', () => {
    const past = [decided(now, {}, 'D-1'), decided(now, {}, 'D-2'), decided(now, { items: ['DASH'] }, 'D-3')];
    const { effects } = previewed(now, next({ flows: flowsOf('DASH') }), past);
    expect(effects).toEqual([
      {
        ...{ sender: 'LA1', recipients: ['POL1'], purpose: 'MARAC', items: ['NAME'], count: 2, exampleId: 'D-1' },
        was: { outcome: 'PERMIT', reasons: [], isa: 'A1@1.2.0' },
        would: { outcome: 'DENY', reasons: ['ITEM_NOT_IN_SCOPE'], isa: 'A1@2.0.0' },
        words: expect.stringContaining('Northbank MARAC 2.0.0'),
      },
    ]);
  });

  it('is what it would newly allow; what it refuses comes first', () => {
    const refused = { items: ['HEALTH'] };
    const past = [decided(now, refused, 'D-1'), decided(now, refused, 'D-2'), decided(now, {}, 'D-3')];
    const dropped = previewed(now, next({ flows: flowsOf('HEALTH', 'DASH') }), past);
    expect(told(dropped)).toEqual(['PERMIT DENY ITEM_NOT_IN_SCOPE 1', 'DENY PERMIT 2']);
  });

  it('counts as in force from the beginning, whatever its first day; its last day stands', () => {
    const empty = registerOf();
    const later = next({ effectiveFrom: '2026-12-01' });
    expect(told(previewed(empty, later, [decided(empty)], []))).toEqual(['DENY PERMIT 1']);
    const over = next({ expiresOn: '2026-05-31', reviewBy: '2026-05-20' });
    expect(told(previewed(now, over, [decided(now)]))).toEqual(['PERMIT DENY AGREEMENT_EXPIRED 1']);
    expect(asInForceSince(later, SINCE).effectiveFrom).toBe('2026-05-01');
    expect(asInForceSince(next(), SINCE).effectiveFrom).toBe('2026-04-01');
  });

  it('tells nothing as its own that another agreement allows, or that only a later change of one would', () => {
    const other = live({ ...unsignedExample, id: 'A2' });
    const both = registerOf(example, other);
    expect(previewed(both, next({ flows: flowsOf('DASH') }), [decided(both)]).effects).toEqual([]);
    // It was asked of one agreement by name, and another would have allowed it all along.
    const named = { ...decided(both), decision: { ...decided(both).decision, outcome: 'DENY' as const } };
    expect(previewed(both, next(), [named]).effects).toEqual([]);
  });

  it('has what a person answered put to a person again, as under any other version', () => {
    const left = decided(now, { subjects: [{ ...asked.subjects[0]!, match: 'POSSIBLE' }] });
    expect(left.decision.outcome).toBe('REVIEW');
    const allowed: PastDecision = { ...left, decision: answered(left.decision, 'allow'), answer: 'allow' };
    expect(told(previewed(now, next(), [left]))).toEqual([]);
    expect(told(previewed(now, next(), [allowed]))).toEqual(['PERMIT REVIEW SUBJECT_AMBIGUOUS 1']);
    // Answered under an agreement that stays as it is, it holds.
    const other = live({ ...unsignedExample, id: 'A0' });
    const elsewhere = decided(registerOf(other), left.request);
    const held: PastDecision = { ...elsewhere, decision: answered(elsewhere.decision, 'allow'), answer: 'allow' };
    expect(held.decision.isa).toBe('A0@1.2.0');
    expect(told(previewed(registerOf(example, other), next(), [held]))).toEqual([]);
  });

  it('knows still where something came from under a version before it', () => {
    const origin = { orgId: 'NHS1', agreementId: 'A1', version: '1.2.0', flowId: 'F1', consentRef: 'C-1' };
    const past = decided(now, { items: ['DASH'], origin });
    expect(past.decision.outcome).toBe('PERMIT');
    expect(previewed(now, next(), [past]).effects).toEqual([]);
  });

  it('is what its activation makes of the same requests afterwards (fast-check)', () => {
    const items = ['NAME', 'DASH', 'HEALTH', 'CONV', 'FIN'];
    const some = fc.uniqueArray(fc.constantFrom(...items), { minLength: 1 });
    const orgs = ['LA1', 'POL1', 'NHS1', 'VCS1'];
    fc.assert(
      fc.property(some, some, fc.constantFrom(...orgs), fc.constantFrom(...orgs), (carried, wanted, sender, to) => {
        const agreement = next({ flows: flowsOf(...carried) });
        const ask = { items: wanted, sender, recipients: [to], actor: { ...asked.actor, orgId: sender } };
        const past = decided(now, ask);
        const active = live({ ...agreement, effectiveFrom: '2026-05-01' }, '2026-04-20T00:00:00Z');
        const superseded = takeStep(example, { do: 'supersede' }, 'clock', '2026-05-01T00:00:00Z');
        const would = decided(registerOf(superseded, active), ask).decision;
        const { effects } = previewed(now, agreement, [past]);
        expect(effects.map((e) => [e.was.outcome, e.would.outcome, e.would.reasons])).toEqual(
          would.outcome === past.decision.outcome ? [] : [[past.decision.outcome, would.outcome, would.reasons]],
        );
      }),
    );
  });
});
