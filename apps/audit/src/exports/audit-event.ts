import { kindOfAction, type ObjectRef } from '@concordat/contracts';
import type { describe } from '../reading';
import { disclosuresOf } from '../trails/receipts';

/** An act as it is told to an auditor; what has been erased, or is closed to them, by its codes alone. */
type Told = ReturnType<typeof describe>;
type Coding = Readonly<{ system: string; code: string }>;
type Json = Readonly<Record<string, unknown>>;

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const ENTITY = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
const BALP = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.';
const REST: Coding = { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' };
const DISCLOSE: Coding = { system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: 'disclose' };
const AUTHORISED: Coding = {
  system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType',
  code: 'AuthZ-Consent',
};
const SOURCE = coded(DCM, '110153');
const DESTINATION = coded(DCM, '110152');
const USER = coded('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP');
const OUTCOMES: Readonly<Record<string, string>> = { done: '0', denied: '8', failed: '4' };

/** Which pattern of IHE's Basic Audit Log Patterns (1.1) an act is recorded by; none for what it has no pattern for, and for what failed. */
function patternOf(act: Told): Pattern | null {
  if (act.action === null || act.subjects.length === 0) return null;
  const objects: readonly ObjectRef[] = act.objects;
  if (act.op === 'DECISION' && objects.some((o) => o.t === 'decision') && 'rule' in act) return PATTERNS.decision;
  if (act.outcome !== 'done') return null;
  if (act.op === 'DISCLOSURE' && act.recipients.length > 0 && act.actorOrg) return PATTERNS.sent;
  if (act.op === 'COLLECTION' && disclosuresOf(act).length > 0) return PATTERNS.received;
  if (act.op !== 'CONSULTATION') return null;
  return kindOfAction(act.action) === 'searched' ? PATTERNS.query : PATTERNS.read;
}

interface Pattern {
  readonly profile: string;
  readonly type: Coding;
  readonly subtype: Coding;
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
}
const interaction = (code: string): Coding => ({ system: 'http://hl7.org/fhir/restful-interaction', code });
const PATTERNS = {
  sent: {
    ...{ profile: 'PrivacyDisclosure.Source', type: { system: DCM, code: '110106' }, subtype: DISCLOSE },
    action: 'R',
  },
  received: {
    ...{ profile: 'PrivacyDisclosure.Recipient', type: { system: DCM, code: '110107' }, subtype: DISCLOSE },
    action: 'C',
  },
  read: { profile: 'PatientRead', type: REST, subtype: interaction('read'), action: 'R' },
  query: { profile: 'PatientQuery', type: REST, subtype: interaction('search-type'), action: 'E' },
  decision: { profile: 'AuthZconsent', type: { system: DCM, code: '110113' }, subtype: AUTHORISED, action: 'E' },
} as const satisfies Record<string, Pattern>;

const ACTIONS: Readonly<Record<string, Pattern['action']>> = {
  COLLECTION: 'C',
  ALTERATION: 'U',
  COMBINATION: 'U',
  CONSULTATION: 'R',
  DISCLOSURE: 'R',
  ERASURE: 'D',
};

/**
 * auditEventsOf is an act as FHIR R4 AuditEvents, one for each person whom it is about and at least one (design/ledger.md §5, IHE
 * BALP 1.1.x). `origin` is the log's own name, which is also where it was recorded. Ids are ours, as URNs: there is no FHIR
 * server at which they could be read. Pure.
 */
export function auditEventsOf(act: Told, origin: string): Json[] {
  const pattern = patternOf(act);
  const subjects: readonly (string | null)[] = act.subjects.length > 0 ? act.subjects : [null];
  const observer = act.actorOrg ? known(act.actorOrg) : { display: origin };
  return subjects.map((subject) => ({
    resourceType: 'AuditEvent',
    ...(pattern ? { meta: { profile: [BALP + pattern.profile] } } : {}),
    type: pattern?.type ?? REST,
    subtype: [
      ...(pattern ? [pattern.subtype] : []),
      { system: 'urn:concordat:action', code: act.action ?? act.act.toLowerCase().replaceAll('_', '-') },
    ],
    action: pattern?.action ?? ACTIONS[act.op] ?? 'E',
    recorded: act.at,
    outcome: outcomeOf(act, pattern),
    ...(act.reasons.length > 0 ? { outcomeDesc: act.reasons.join(', ') } : {}),
    ...(act.purpose ? { purposeOfEvent: [coded('urn:concordat:purpose', act.purpose)] } : {}),
    agent: agentsOf(act, pattern, { origin, observer }),
    source: { site: origin, observer, type: [{ system: SOURCE_TYPE, code: '4' }] },
    entity: entitiesOf(act, pattern, subject),
  }));
}
/** A decision that does not permit is made, and is a failure to whoever reads the pattern: by its outcome, not the act's. */
function outcomeOf(act: Told, pattern: Pattern | null): string {
  const refused = pattern === PATTERNS.decision && act.action !== null && act.decision !== 'PERMIT';
  return refused ? '8' : (OUTCOMES[act.outcome] ?? '4');
}
const SOURCE_TYPE = 'http://terminology.hl7.org/CodeSystem/security-source-type';

interface Where {
  readonly origin: string;
  readonly observer: Json;
}

/** Both ends, with the user who did it. A query flows from whoever asks, a reading to whoever reads, as the patterns have it. */
function agentsOf(act: Told, pattern: Pattern | null, { origin, observer }: Where): Json[] {
  const address = act.action === null ? undefined : (act.detail['address'] as string | undefined);
  const here = { address: origin, type: '1' };
  const there = address ? { address, type: '2' } : here;
  const end = (type: Json, who: Json, network: Json): Json => ({ type, who, requestor: false, network });
  const user: Json = {
    type: USER,
    ...(act.actor ? { who: known(act.actor) } : {}),
    ...(act.actorRole ? { role: [coded('urn:concordat:role', act.actorRole)] } : {}),
    requestor: true,
  };
  switch (pattern) {
    case PATTERNS.sent:
      return [
        end(SOURCE, observer, here),
        ...act.recipients.slice(0, 1).map(({ org }) => end(DESTINATION, known(org), here)),
        user,
      ];
    case PATTERNS.received:
      return [end(SOURCE, { display: origin }, here), end(DESTINATION, observer, there), user];
    case PATTERNS.decision:
      return [
        end(coded(DCM, '110150'), { display: origin }, there),
        user,
        { type: coded('http://terminology.hl7.org/CodeSystem/v3-RoleClass', 'PROV'), who: observer, requestor: false },
        {
          type: coded('http://terminology.hl7.org/CodeSystem/extra-security-role-type', 'authserver'),
          ...{ who: observer, requestor: false },
        },
      ];
    case PATTERNS.query:
      return [end(SOURCE, observer, there), end(DESTINATION, { display: origin }, here), user];
    default:
      return [end(DESTINATION, observer, there), end(SOURCE, { display: origin }, here), user];
  }
}

function entitiesOf(act: Told, pattern: Pattern | null, subject: string | null): Json[] {
  const person = subject === null ? [] : [entity('1', '1', known(subject, 'Patient'))];
  const objects: readonly ObjectRef[] = act.objects;
  if (pattern === PATTERNS.decision && 'rule' in act)
    return [
      ...person,
      {
        type: { system: 'http://hl7.org/fhir/resource-types', code: 'Consent' },
        what: { identifier: { system: 'urn:concordat:agreement', value: act.rule } },
      },
    ];
  if (pattern === PATTERNS.query && act.action !== null) {
    const asked = JSON.stringify(act.detail['terms'] ?? act.detail['path'] ?? '');
    return [...person, { ...entity('2', '24'), query: Buffer.from(asked).toString('base64') }];
  }
  // The patterns know of one piece of data; whatever else it was about stands beside it.
  const [first = { t: 'ledger', id: act.eventId } as const, ...others] = objects;
  return [
    ...person,
    entity('2', '4', known(first.id), first.t),
    ...others.map((o) => entity('4', undefined, known(o.id), o.t)),
  ];
}

const entity = (type: string, role?: string, what?: Json, name?: string): Json => ({
  ...(what ? { what } : {}),
  type: { system: ENTITY, code: type },
  ...(role ? { role: { system: ROLE, code: role } } : {}),
  ...(name ? { name } : {}),
});

function coded(system: string, code: string): Json {
  return { coding: [{ system, code }] };
}

/** One of our ids, as a reference by identifier. */
const known = (id: string, type?: 'Patient'): Json => ({
  ...(type ? { type } : {}),
  identifier: UUID.test(id)
    ? { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }
    : { system: 'urn:concordat:id', value: id },
});
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
