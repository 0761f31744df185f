import { auditEventsOf } from './audit-event';

type Told = Parameters<typeof auditEventsOf>[0];

const [P, Q] = ['0190f000-0000-7000-8000-000000000001', '0190f000-0000-7000-8000-000000000002'];
const [COUNCIL, NHS, AMINA] = ['1', '2', '3'].map((n) => `d22cacf3-000b-4ccb-b1fc-23e09b777df${n}`);
const CASE = { t: 'case', id: '0190f000-0000-7000-8000-00000000000c' };
const urn = (id: string | undefined) => ({ identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` } });

/** An act of Amina's of Northbank Council, about one person unless said. */
const act = (more: object): Told =>
  ({
    ...{ index: '7', eventId: 'e7', at: '2026-11-20T10:00:00.000Z', outcome: 'done', reasons: [], recipients: [] },
    ...{ actor: AMINA, actorOrg: COUNCIL, actorRole: 'practitioner', subjects: [P], objects: [CASE], items: [] },
    ...{ purpose: 'safeguarding', op: 'CONSULTATION', action: 'case.view', act: 'VIEW_CASE' },
    ...{ detail: { method: 'GET', path: '/api/records/cases', address: '192.0.2.1' }, ...more },
  }) as unknown as Told;

interface Event {
  meta?: { profile: string[] };
  type: { code: string };
  subtype: { code: string }[];
  action: string;
  outcome: string;
  agent: { type: { coding: { code: string }[] }; who?: object; requestor: boolean; network?: object }[];
  source: { observer: object };
  entity: { type: { code: string }; role?: { code: string }; what?: object; query?: string }[];
}
const eventsOf = (more: object) => auditEventsOf(act(more), 'log.example/a') as unknown as Event[];
const profileOf = (event: Event | undefined) => event?.meta?.profile[0]?.split('IHE.BasicAudit.')[1];
const agent = (event: Event | undefined, code: string) => event?.agent.find((a) => a.type.coding[0]!.code === code);

describe('an act as FHIR AuditEvents', () => {
  it('is one for each person, each naming them alone', () => {
    const events = eventsOf({ subjects: [P, Q] });
    expect(events.map((e) => e.entity.filter((x) => x.type.code === '1').map((x) => x.what))).toEqual([
      [{ type: 'Patient', ...urn(P) }],
      [{ type: 'Patient', ...urn(Q) }],
    ]);
    expect(events.map(profileOf)).toEqual(['PatientRead', 'PatientRead']);
  });

  it('of a reading has who read, from where, and one piece of data', () => {
    const [event] = eventsOf({ objects: [CASE, { t: 'document', id: Q }] });
    expect(event).toMatchObject({ type: { code: 'rest' }, action: 'R', outcome: '0' });
    expect(event!.subtype.map((s) => s.code)).toEqual(['read', 'case.view']);
    expect(agent(event, 'IRCP')).toMatchObject({ who: urn(AMINA), requestor: true });
    expect(agent(event, '110152')).toMatchObject({ who: urn(COUNCIL), network: { address: '192.0.2.1', type: '2' } });
    expect(event!.entity.filter((x) => x.type.code === '2')).toMatchObject([
      { role: { code: '4' }, what: urn(CASE.id) },
    ]);
  });

  it('of a search has what was asked, encoded', () => {
    const [event] = eventsOf({ action: 'record.search', detail: { terms: 'Quillfeather' } });
    expect([profileOf(event), event!.action]).toEqual(['PatientQuery', 'E']);
    const query = event!.entity.find((x) => x.role?.code === '24')!.query!;
    expect(Buffer.from(query, 'base64').toString()).toBe('"Quillfeather"');
  });

  it('of a disclosure is of its source, and of who has it on record of its recipient: each is observed by its own end', () => {
    const [sent] = eventsOf({ op: 'DISCLOSURE', action: 'referral.offer', recipients: [{ org: NHS }] });
    expect([profileOf(sent), sent!.type.code, sent!.action]).toEqual(['PrivacyDisclosure.Source', '110106', 'R']);
    expect(agent(sent, '110153')!.who).toEqual(sent!.source.observer);
    expect(agent(sent, '110152')!.who).toEqual(urn(NHS));
    const objects = [CASE, { t: 'disclosure', id: Q }];
    const [received] = eventsOf({ op: 'COLLECTION', action: 'referral.accept', actorOrg: NHS, objects });
    expect([profileOf(received), received!.type.code, received!.action]).toEqual([
      ...['PrivacyDisclosure.Recipient', '110107', 'C'],
    ]);
    expect(agent(received, '110152')!.who).toEqual(received!.source.observer);
    expect([sent, received].map((e) => e!.subtype[0]!.code)).toEqual(['disclose', 'disclose']);
  });

  it('of a decision names the agreement, also when it refused', () => {
    const decision = {
      op: 'DECISION',
      action: 'disclosure.decide',
      objects: [{ t: 'decision', id: Q }],
      rule: 'A1@1.2.0',
    };
    const [event] = eventsOf({ ...decision, decision: 'DENY', reasons: ['NO_FLOW'] });
    expect(eventsOf({ ...decision, decision: 'PERMIT' })[0]!.outcome).toBe('0');
    expect([profileOf(event), event!.outcome]).toEqual(['AuthZconsent', '8']);
    expect(event!.entity.map((x) => x.type.code)).toEqual(['1', 'Consent']);
    expect(event!.entity[1]!.what).toEqual({ identifier: { system: 'urn:concordat:agreement', value: 'A1@1.2.0' } });
  });

  it('claims no pattern for what was refused, for what is about nobody, and for what was erased', () => {
    const refused = eventsOf({ outcome: 'denied', reasons: ['case.not-found'] });
    const nobody = eventsOf({ subjects: [] });
    const erased = eventsOf({ action: null, actor: null, subjects: [], objects: [], detail: null, erased: true });
    for (const [event, outcome] of [
      [refused[0], '8'],
      [nobody[0], '0'],
      [erased[0], '0'],
    ] as const)
      expect([profileOf(event), event!.outcome, event!.agent.length > 0]).toEqual([undefined, outcome, true]);
    expect(erased[0]!.subtype.map((s) => s.code)).toEqual(['view-case']);
    expect(JSON.stringify(erased)).not.toContain(AMINA);
  });
});
