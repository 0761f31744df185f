import type { Agreement } from '../agreement';
import { contentHashOf } from '../content-hash';
import { decide } from '../decisions/decide';
import { Declarations, Register } from '../decisions/register';
import type { DecisionRequest } from '../decisions/request';
import { example, law, live, unsignedExample } from '../worked.testing';
import { odrlOf, type OdrlNode } from './odrl';

type Rule = OdrlNode & {
  readonly action: string | readonly string[];
  readonly target: readonly { '@id': string }[];
  readonly assigner: { '@id': string };
  readonly assignee: readonly { '@id': string }[];
  readonly constraint?: readonly { leftOperand: string; operator: string; rightOperand: OdrlNode }[];
  readonly duty?: readonly OdrlNode[];
};
const ORGS = ['LA1', 'POL1', 'NHS1', 'VCS1'];
const org = (id: string) => `urn:concordat:organisation:${id}`;
const rules = (agreement: Agreement, part: 'permission' | 'prohibition') => odrlOf(agreement)[part] as readonly Rule[];
const isAbout = (rule: Rule, sender: string, recipient: string, item: string): boolean =>
  rule.assigner['@id'] === org(sender) &&
  rule.assignee.some((a) => a['@id'] === org(recipient)) &&
  rule.target.some((t) => t['@id'] === `urn:concordat:item:${item}`);
const reads = (rule: Rule): boolean => [rule.action].flat().includes('read');
const limits = (rule: Rule, operand: string) =>
  (rule.constraint ?? []).filter((c) => c.leftOperand === operand).map((c) => [c.operator, c.rightOperand]);

describe('an agreement as ODRL', () => {
  it('is a policy of ODRL 2.2 that names the terms which were signed, organisations and nobody', () => {
    const policy = odrlOf(example);
    expect(policy).toMatchObject({
      ...{ '@type': 'Agreement', uid: 'urn:concordat:agreement:A1%401.2.0' },
      ...{ profile: expect.any(String), 'concordat:contentHash': `sha256:${contentHashOf(example)}` },
    });
    expect((policy['@context'] as unknown[])[0]).toBe('http://www.w3.org/ns/odrl.jsonld');
    expect(JSON.stringify(policy)).not.toMatch(/Signatory|governance@example/);
    expect(odrlOf(unsignedExample)).toEqual(policy); // signatures and status are no terms
    const uids = [...policy.permission, ...policy.prohibition, ...policy.obligation].map((rule) => rule['uid']);
    expect(new Set(uids).size).toBe(uids.length);
  });

  it('permits reading what a flow lets go, and what is decided otherwise is never more than that', () => {
    const standing = { register: Register.of([example], law), declarations: Declarations.of([]), auditDurable: true };
    const ask = (sender: string, recipient: string, item: string): DecisionRequest => ({
      ...{
        requestId: 'R',
        at: '2026-06-01T10:00:00Z',
        kind: 'DISCLOSE',
        agreementId: 'A1',
        sender,
        recipients: [recipient],
      },
      ...{ actor: { userId: 'U', orgId: sender, permissions: [] }, purpose: 'MARAC', items: [item] },
      ...{ conditions: { RISK_RELATED: true }, method: 'EMAIL', classification: 'OFFICIAL', setting: 'OUTSIDE' },
      subjects: [{ pid: 'P', about: 'VICTIM', match: 'EXACT', deceased: false }],
      consent: { state: 'GIVEN' },
    });
    const permissions = rules(example, 'permission').filter(reads);
    let permitted = 0;
    for (const sender of ORGS)
      for (const recipient of ORGS.filter((o) => o !== sender))
        for (const { code } of example.dataItems) {
          const covered = permissions.filter((rule) => isAbout(rule, sender, recipient, code));
          const inFlow = example.flows.some(
            (f) => f.from.includes(sender) && f.to.includes(recipient) && f.items.includes(code),
          );
          expect([sender, recipient, code, covered.length > 0]).toEqual([sender, recipient, code, inFlow]);
          if (decide(ask(sender, recipient, code), standing).outcome !== 'PERMIT') continue;
          permitted += 1;
          expect(covered.some((rule) => limits(rule, 'urn:concordat:operand:setting').length === 0)).toBe(true);
        }
    expect(permitted).toBeGreaterThan(10);
  });

  it('limits each permission by purpose, days in London, ways, number of recipients, setting and what must be true', () => {
    const of = (sender: string, item: string): Rule =>
      rules(example, 'permission').find((rule) => reads(rule) && isAbout(rule, sender, 'LA1', item))!;
    const name = of('POL1', 'NAME');
    expect(limits(name, 'purpose')).toEqual([['eq', { '@id': 'urn:concordat:purpose:MARAC' }]]);
    expect(limits(name, 'dateTime').map(([operator, at]) => [operator, (at as OdrlNode)['@value']])).toEqual([
      ['gteq', '2026-03-31T23:00:00.000Z'],
      ['lteq', '2027-03-31T22:59:59.999Z'],
    ]);
    expect(limits(name, 'deliveryChannel')).toEqual([['isAnyOf', [{ '@id': 'urn:concordat:method:EMAIL' }]]]);
    expect(limits(name, 'urn:concordat:operand:recipients')).toEqual([
      ['lteq', { '@value': '3', '@type': 'xsd:integer' }],
    ]);
    expect(limits(name, 'urn:concordat:fact:RISK_RELATED')).toEqual([]);
    expect(limits(of('POL1', 'FIN'), 'urn:concordat:fact:RISK_RELATED')).toHaveLength(1);
    expect(limits(of('NHS1', 'HEALTH'), 'urn:concordat:operand:setting')).toHaveLength(1);
    expect(name.duty).toEqual([expect.objectContaining({ 'concordat:countedFrom': 'CASE_CLOSED' })]);
  });

  it('tells of passing on, of restrictions, and of what a breach obliges to', () => {
    const onward = (agreement: Agreement, part: 'permission' | 'prohibition') =>
      rules(agreement, part).filter((rule) => rule.action === 'distribute');
    const flows = (more: object) =>
      live({ ...unsignedExample, flows: unsignedExample.flows.map((f) => ({ ...f, ...more })) });
    const consented = onward(example, 'permission');
    expect(consented.length).toBeGreaterThan(0);
    for (const rule of consented)
      expect(rule.duty).toEqual([{ action: 'obtainConsent', consentedParty: rule.assigner }]);
    expect(onward(example, 'prohibition')).toEqual([]);
    const closed = flows({ onward: 'PROHIBITED' });
    expect([onward(closed, 'permission'), onward(closed, 'prohibition').length]).toEqual([[], consented.length]);
    const listed = onward(flows({ onward: 'LISTED', onwardTo: ['POLICE'] }), 'permission');
    for (const rule of listed) expect(limits(rule, 'recipient')).toEqual([['isAnyOf', [{ '@id': org('POL1') }]]]);

    const restricted = { code: 'X1', action: 'PRINT', items: ['DASH'], to: ['VCS'], absolute: true };
    const [prohibited] = rules({ ...unsignedExample, restrictions: [restricted] }, 'prohibition');
    expect(prohibited).toMatchObject({
      ...{ action: 'urn:concordat:action:PRINT', target: [{ '@id': 'urn:concordat:item:DASH' }] },
      ...{ assignee: [{ '@id': org('VCS1') }], 'concordat:absolute': true },
    });
    const hours = odrlOf(example).obligation.map((duty) =>
      limits(duty as Rule, 'elapsedTime').map(([, at]) => (at as OdrlNode)['@value']),
    );
    expect(hours).toEqual([['PT24H'], ['PT72H'], []]);
  });
});
