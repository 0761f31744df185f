import type { Agreement } from '../agreement';
import { example, law, live, unsignedExample } from '../worked.testing';
import { decide } from './decide';
import type { Decision } from './decision';
import { Declarations, Register } from './register';
import type { DecisionRequest } from './request';

/** The worked examples of the rules (section 10), by their numbers. */
const successor = (version: string, before: Agreement): Agreement => live({ ...before, version });
const agreements = [
  { ...successor('1.1.0', unsignedExample), effectiveFrom: '2025-04-01', expiresOn: '2026-03-31', events: [] },
  example,
];

const request: DecisionRequest = {
  requestId: 'R-1',
  at: '2026-06-01T10:00:00Z',
  kind: 'DISCLOSE',
  agreementId: 'A1',
  sender: 'LA1',
  recipients: ['POL1'],
  actor: { userId: 'U1', orgId: 'LA1', permissions: [] },
  purpose: 'MARAC',
  items: ['NAME', 'DASH'],
  conditions: {},
  subjects: [{ pid: 'P1', about: 'VICTIM', match: 'EXACT', deceased: false }],
  method: 'EMAIL',
  classification: 'OFFICIAL-SENSITIVE',
  setting: 'OUTSIDE',
  consent: { state: 'NOT_SOUGHT', withoutReason: 'WOULD_PREJUDICE' },
};
const ask = (
  changes: Partial<DecisionRequest>,
  from: readonly Agreement[] = agreements,
  declared = Declarations.of([]),
): Decision =>
  decide(
    { ...request, actor: { ...request.actor, orgId: changes.sender ?? 'LA1' }, ...changes },
    { register: Register.of(from, law), declarations: declared, auditDurable: true },
  );
const withdrawn = (orgId: string): Agreement[] => [
  {
    ...example,
    parties: example.parties.map((p) => (p.orgId === orgId ? { ...p, withdrawnAt: '2026-05-01T00:00:00Z' } : p)),
  },
];
const first = ({ outcome, reasons }: Decision): string => [outcome, ...reasons.slice(0, 1)].join(' ');

describe('worked examples', () => {
  it('under a parent: refused from the instant at which the parent has ended, is suspended, or is not there', () => {
    const child = live({ ...unsignedExample, parentId: 'P1' });
    const parent = (more: Partial<Agreement> = {}): Agreement =>
      live({ ...unsignedExample, id: 'P1', tier: 'OVERARCHING', ...more });
    const ending = [child, parent({ expiresOn: '2026-06-30' })];
    const at = (moment: string, from: readonly Agreement[]) => first(ask({ at: moment }, from));
    expect(at('2026-06-30T22:59:59.999Z', ending)).toBe('PERMIT');
    expect(at('2026-06-30T23:00:00Z', ending)).toBe('DENY PARENT_NOT_IN_FORCE');
    const { events, ...rest } = parent();
    const suspended = { ...rest, events: [...events, { type: 'SUSPENDED', at: '2026-05-01T00:00:00Z', by: 'lead' }] };
    expect(at('2026-05-02T00:00:00Z', [child, suspended as Agreement])).toBe('DENY PARENT_NOT_IN_FORCE');
    expect(at('2026-05-02T00:00:00Z', [child])).toBe('DENY PARENT_NOT_IN_FORCE');
  });

  it('#1 LA1 to POL1, name and DASH: PERMIT under F1', () => {
    expect(ask({})).toEqual({
      outcome: 'PERMIT',
      reasons: [],
      isa: 'A1@1.2.0',
      flowId: 'F1',
      lineIds: ['L-LA1-S', 'L-POL1-R'],
      permittedItems: ['NAME', 'DASH'],
      obligations: [],
      mode: 'NORMAL',
      engineVersion: '1.0.0+england-wales.1',
      inputHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('#2 begins at midnight in London, which is 23:00 of the day before in UTC', () => {
    expect(first(ask({ at: '2026-03-31T22:59:00Z' }, [example]))).toBe('DENY AGREEMENT_NOT_STARTED');
    expect(first(ask({ at: '2026-03-31T23:00:00Z' }, [example]))).toBe('PERMIT');
    expect(first(ask({ at: '2026-04-01T00:00:00+01:00' }, [example]))).toBe('PERMIT');
  });

  it('#3 VCS1 acts for LA1, and for nobody once LA1 has withdrawn', () => {
    const to = { sender: 'POL1', recipients: ['VCS1'], items: ['NAME'] };
    expect(first(ask({ ...to, at: '2026-05-02T10:00:00Z' }, withdrawn('LA1')))).toBe('DENY GATEWAY_NOT_APPLICABLE');
    expect(first(ask({ ...to, at: '2026-04-30T10:00:00Z' }, withdrawn('LA1')))).toBe('PERMIT');
  });

  it('#4 one item out of scope fails the whole, and says which would pass alone', () => {
    const decision = ask({ sender: 'POL1', recipients: ['LA1'], items: ['NAME', 'HEALTH'] });
    expect(first(decision)).toBe('DENY ITEM_NOT_IN_SCOPE');
    expect(decision.permittedItems).toEqual(['NAME']);
  });

  it('#5 a declaration on an earlier version does not count', () => {
    const meeting = {
      sender: 'NHS1',
      recipients: ['LA1'],
      items: ['HEALTH'],
      setting: 'MEETING',
      meetingId: 'M1',
    } as const;
    const on = (version: string, signedAt = '2026-06-01T09:00:00Z'): Declarations =>
      Declarations.of([{ meetingId: 'M1', userId: 'U1', agreementId: 'A1', version, signedAt }]);
    expect(first(ask(meeting, agreements, on('1.1.0')))).toBe('DENY DECLARATION_MISSING');
    expect(first(ask(meeting, agreements, on('1.2.0')))).toBe('PERMIT');
    expect(first(ask(meeting, agreements, on('1.2.0', '2026-06-01T10:00:00Z')))).toBe('PERMIT');
    expect(first(ask(meeting, agreements, on('1.2.0', '2026-06-01T10:00:00.001Z')))).toBe('DENY DECLARATION_MISSING');
  });

  it('#6 a condition that is not known is for a human, one that is not met refuses', () => {
    expect(first(ask({ items: ['FIN'] }))).toBe('REVIEW ITEM_CONDITION_UNKNOWN');
    expect(first(ask({ items: ['FIN'], conditions: { RISK_RELATED: false } }))).toBe('DENY ITEM_CONDITION_NOT_MET');
    expect(first(ask({ items: ['FIN'], conditions: { RISK_RELATED: true } }))).toBe('PERMIT');
  });

  it('#7 somebody who may be the right person is for a human', () => {
    const decision = ask({
      sender: 'POL1',
      recipients: ['LA1'],
      items: ['CONV'],
      subjects: [{ pid: 'P1', about: 'PERP', match: 'POSSIBLE', deceased: false }],
    });
    expect(first(decision)).toBe('REVIEW SUBJECT_AMBIGUOUS');
    expect(decision.permittedItems).toEqual([]);
  });

  it('#8 what came from another party needs its consent to go on', () => {
    const origin = { orgId: 'NHS1', agreementId: 'A1', version: '1.2.0', flowId: 'F1' };
    expect(first(ask({ items: ['DASH'], origin }))).toBe('REVIEW ORIGINATOR_CONSENT_NEEDED');
    expect(first(ask({ items: ['DASH'], origin: { ...origin, consentRef: 'C-1' } }))).toBe('PERMIT');
    expect(first(ask({ items: ['DASH'], origin: { ...origin, flowId: 'F9' } }))).toBe('REVIEW PROVENANCE_UNKNOWN');
    expect(first(ask({ items: ['DASH'], origin: { ...origin, orgId: 'LA1', flowId: 'F9' } }))).toBe('PERMIT');
  });

  it('#9 a party that has withdrawn receives nothing', () => {
    const to = { recipients: ['VCS1'], items: ['NAME'] };
    expect(first(ask({ ...to, at: '2026-05-02T10:00:00Z' }, withdrawn('VCS1')))).toBe('DENY PARTY_WITHDRAWN');
    expect(first(ask({ ...to, at: '2026-04-30T23:59:59.999Z' }, withdrawn('VCS1')))).toBe('PERMIT');
    expect(first(ask({ ...to, at: '2026-05-01T00:00:00Z' }, withdrawn('VCS1')))).toBe('DENY PARTY_WITHDRAWN');
  });

  it('#10 life at risk: health data outside a meeting, with a second authoriser, for two hours', () => {
    const breakGlass = {
      reason: 'LIFE_AT_RISK',
      basis: { regime: 'UKGDPR', art6: '6.1.d', art9: '9.2.c' },
      authoriser: { userId: 'U2', orgId: 'NHS1' },
      expiresAt: '2026-06-01T12:00:00Z',
    } as const;
    const emergency = {
      sender: 'NHS1',
      items: ['HEALTH'],
      actor: { userId: 'U1', orgId: 'NHS1', permissions: ['BREAK_GLASS'] },
    };
    expect(ask({ ...emergency, breakGlass })).toMatchObject({
      outcome: 'PERMIT',
      mode: 'BREAK_GLASS',
      overridden: ['OUTSIDE_MEETING_NOT_ALLOWED'],
      obligations: ['NOTIFY_DPO', 'NOTIFY_ORIGINATOR', 'RETROSPECTIVE_REVIEW'],
      permittedItems: ['HEALTH'],
    });
    expect(first(ask(emergency))).toBe('DENY OUTSIDE_MEETING_NOT_ALLOWED');
  });

  it('#11 a purpose or a version that the agreement does not have', () => {
    expect(first(ask({ purpose: 'HOUSING' }))).toBe('DENY PURPOSE_NOT_LISTED');
    expect(first(ask({ version: '1.1.0' }))).toBe('DENY VERSION_MISMATCH');
  });
});
