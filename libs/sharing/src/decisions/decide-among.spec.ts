import type { Agreement } from '../agreement';
import { example, law, live, unsignedExample } from '../worked.testing';
import { decide } from './decide';
import { bestOf, decideAmong, decideOn, NO_AGREEMENT } from './decide-among';
import { Declarations, Register } from './register';
import type { DecisionRequest } from './request';

const asked: Omit<DecisionRequest, 'agreementId'> = {
  requestId: 'R-1',
  at: '2026-06-01T10:00:00Z',
  kind: 'DISCLOSE',
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
/** The same terms under another id. */
const called = (id: string, more: Partial<Agreement> = {}): Agreement => live({ ...unsignedExample, id, ...more });
const standing = (agreements: readonly Agreement[]) => ({
  ...{ register: Register.of(agreements, law), declarations: Declarations.of([]), auditDurable: true },
});
const answer = (agreements: readonly Agreement[], more: Partial<typeof asked> = {}) => {
  const { request, decision } = decideAmong({ ...asked, ...more }, standing(agreements));
  return [request.agreementId, decision.outcome, ...decision.reasons.slice(0, 1)];
};
const narrow = (id: string): Agreement =>
  called(id, { flows: unsignedExample.flows.map((flow) => ({ ...flow, items: ['DASH'] })) });

describe('a request that names no agreement', () => {
  it('is answered by the agreement that permits it, whichever that is', () => {
    expect(answer([example])).toEqual(['A1', 'PERMIT']);
    expect(answer([narrow('A0'), example])).toEqual(['A1', 'PERMIT']);
    expect(answer([called('A9'), example])).toEqual(['A1', 'PERMIT']);
  });

  it('never puts two together: what each permits in part is refused by both', () => {
    const nameOnly = called('A2', { flows: unsignedExample.flows.map((flow) => ({ ...flow, items: ['NAME'] })) });
    expect(answer([narrow('A3'), nameOnly], { items: ['NAME', 'DASH'] })).toEqual([
      ...['A2', 'DENY', 'ITEM_NOT_IN_SCOPE'],
    ]);
  });

  it('is refused for the reason of the one that came nearest, so that it says what is missing', () => {
    const other = called('A0', { purposes: unsignedExample.purposes.map((p) => ({ ...p, code: 'OTHER' })) });
    expect(answer([other, narrow('A5')])).toEqual(['A5', 'DENY', 'ITEM_NOT_IN_SCOPE']);
    expect(answer([narrow('A5'), called('A6')], { consent: { state: 'NOT_SOUGHT' }, items: ['HEALTH'] })[1]).not.toBe(
      'PERMIT',
    );
  });

  it('says who is not a party, and that there is no agreement at all', () => {
    expect(answer([example], { recipients: ['FIRE1'] })).toEqual(['A1', 'DENY', 'RECIPIENT_NOT_PARTY']);
    expect(answer([example], { sender: 'FIRE1' })).toEqual([NO_AGREEMENT, 'DENY', 'AGREEMENT_UNKNOWN']);
    expect(answer([])).toEqual([NO_AGREEMENT, 'DENY', 'AGREEMENT_UNKNOWN']);
  });

  it('is decided by the agreements that it names alone, each by itself, and the best answers', () => {
    const all = [example, narrow('A3'), called('A9')];
    const on = (...policies: string[]) =>
      decideOn(policies, asked, standing(all)).map(({ request, decision }) => [
        ...[request.agreementId, request.version, decision.outcome, decision.reasons[0]],
      ]);
    expect(on('A9', 'A3', 'A9')).toEqual([
      ['A3', undefined, 'DENY', 'ITEM_NOT_IN_SCOPE'],
      ['A9', undefined, 'PERMIT', undefined],
    ]);
    expect(on('A1@1.1.0', 'A1@1.2.0', 'A-NONE')).toEqual([
      ['A-NONE', undefined, 'DENY', 'AGREEMENT_UNKNOWN'],
      ['A1', '1.1.0', 'DENY', 'VERSION_MISMATCH'],
      ['A1', '1.2.0', 'PERMIT', undefined],
    ]);
    expect(bestOf(decideOn(['A3', 'A-NONE'], asked, standing(all))).decision.outcome).toBe('DENY');
  });

  it('replays: the request that it answers gives the same decision', () => {
    for (const agreements of [[example], [narrow('A3'), example], []]) {
      const { request, decision } = decideAmong(asked, standing(agreements));
      expect(decide(request, standing(agreements))).toEqual(decision);
    }
  });
});
