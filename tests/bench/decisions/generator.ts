import type {
  Agreement,
  BasisLine,
  DecisionRequest,
  Flow,
  LawTable,
  MeetingDeclaration,
  Party,
} from '@concordat/sharing';
import { Chance } from '../matching/chance';
import type { World } from './naive';

/** Made-up agreements and requests in which everything that a rule looks at goes wrong often, and goes right often too. */
const AGENCIES = ['COUNCIL', 'POLICE', 'NHS', 'PROBATION', 'VCS', 'HOUSING'] as const;
const PURPOSES = ['MARAC', 'CCM', 'DHR'];
const ITEMS = [
  { code: 'NAME', category: 'PERSONAL', about: 'VICTIM', patientInfo: false },
  { code: 'DASH', category: 'PERSONAL', about: 'VICTIM', patientInfo: false },
  { code: 'HEALTH', category: 'SPECIAL', about: 'VICTIM', patientInfo: true },
  { code: 'FAITH', category: 'SPECIAL', about: 'VICTIM', patientInfo: false },
  { code: 'CONV', category: 'CRIMINAL', about: 'PERP', patientInfo: false },
  { code: 'FIN', category: 'PERSONAL', about: 'VICTIM', patientInfo: false, condition: 'RISK_RELATED' },
  { code: 'COUNT', category: 'DEPERSONALISED', about: 'OTHER', patientInfo: false },
  { code: 'BEDS', category: 'DEPERSONALISED', about: 'OTHER', patientInfo: true },
] as const satisfies Agreement['dataItems'];
const METHODS = ['EMAIL', 'PORTAL'];
const DAYS = ['2026-01-01', '2026-03-29', '2026-04-01', '2026-06-30', '2026-10-25', '2026-12-31', '2027-03-31'];

/** `fault` is how often something is not as it should be: 0 for agreements that are mostly in order. */
export class Generator {
  private readonly chance: Chance;
  private readonly orgs: readonly Pick<Party, 'orgId' | 'agencyType'>[];

  constructor(
    seed: number,
    private readonly fault = 0.15,
    organisations = 12,
  ) {
    this.chance = new Chance(seed);
    this.orgs = Array.from({ length: organisations }, (_, i) => ({
      orgId: `ORG${i + 1}`,
      agencyType: AGENCIES[i % AGENCIES.length]!,
    }));
  }

  world(agreements: number, law: LawTable): World {
    const all = Array.from({ length: agreements }, (_, i) => this.versionsOf(`A${i + 1}`, i)).flat();
    return { agreements: all, declarations: all.flatMap((one) => this.declarations(one)), law };
  }

  private bad(times = 1): boolean {
    return this.chance.happens(this.fault * times);
  }

  private some<T>(from: readonly T[], least: number, share: number): T[] {
    const taken = from.filter(() => this.chance.happens(share));
    while (taken.length < least) taken.push(this.chance.of(from.filter((each) => !taken.includes(each))));
    return taken;
  }

  private versionsOf(id: string, index: number): Agreement[] {
    const first = this.agreement(id, '1.0.0', '2026-01-01', index);
    if (this.chance.happens(0.6)) return [first];
    const second = this.agreement(id, '1.1.0', this.chance.of(['2026-04-01', '2026-10-25']), index);
    return this.chance.happens(0.7)
      ? [second, first]
      : [first, second, this.agreement(id, '1.10.0', '2026-12-31', index)];
  }

  private agreement(id: string, version: string, effectiveFrom: string, index: number): Agreement {
    const parties = this.some(this.orgs, 4, 6 / this.orgs.length).map((org) => this.party(org));
    const purposes = this.some(PURPOSES, 1, 0.6);
    const flows = Array.from({ length: 1 + this.chance.below(4) }, (_, i) => this.flow(i, purposes, parties));
    return {
      id,
      version,
      title: `Agreement ${id}`,
      contact: 'Community safety',
      tier: this.bad(0.2) ? 'ACCORD' : this.chance.of(['PURPOSE_SPECIFIC', 'DDA', 'JCA']),
      ...(this.bad() ? { parentId: this.chance.happens(0.8) ? `A${1 + this.chance.below(index + 1)}` : 'A-NONE' } : {}),
      status: 'ACTIVE',
      jurisdiction: 'ENG',
      effectiveFrom,
      reviewBy: this.bad() ? '2026-06-30' : '2027-03-31',
      expiresOn: this.bad(0.5) ? '2026-10-25' : '2027-03-31',
      reviewOverduePolicy: this.chance.of(['BLOCK', 'WARN']),
      publishableView: [],
      restrictedView: [],
      apdRefs: [],
      ropaRefs: [],
      permittedUses: ['READ', 'COPY'],
      restrictions: this.bad(2) ? [this.restriction()] : [],
      parties,
      purposes: purposes.map((code) => ({
        code,
        description: code,
        statutoryFunction: 'Community safety',
        deathReview: code === 'DHR',
      })),
      basisLines: purposes.flatMap((purpose) => this.lines(purpose, parties)),
      dataItems: ITEMS,
      flows,
      retention: [],
      security: {},
      rights: { exemptions: [], notifyOriginatorBeforeDisclosure: false },
      breach: {},
      terms: {},
      events: this.events(),
    };
  }

  private events(): Agreement['events'] {
    if (this.bad(0.3)) return [];
    const event = (type: Agreement['events'][number]['type'], at: string) => ({ type, at, by: 'lead' }) as const;
    const events = [event('ACTIVATED', this.bad() ? '2026-03-29T01:00:00Z' : '2025-12-01T09:00:00Z')];
    if (this.bad()) events.push(event('SUSPENDED', '2026-04-01T12:00:00Z'));
    if (events.length > 1 && this.chance.happens(0.7)) events.push(event('RESUMED', '2026-06-30T12:00:00Z'));
    if (this.bad(0.5))
      events.push(event(this.chance.of(['WITHDRAWN', 'SUPERSEDED'] as never[]), '2026-10-25T00:30:00Z'));
    return events;
  }

  private party({ orgId, agencyType }: Pick<Party, 'orgId' | 'agencyType'>): Party {
    const third = agencyType === 'VCS' || agencyType === 'HOUSING';
    return {
      orgId,
      agencyType,
      catalogueIds: [],
      role: 'CONTROLLER',
      publicAuthority: !third,
      competentAuthority: agencyType === 'POLICE' || agencyType === 'PROBATION',
      healthOrSocialCare: agencyType === 'NHS',
      ...(third && !this.bad(3) ? { actingFor: this.chance.of(this.orgs).orgId } : {}),
      ...(this.bad(0.3) ? {} : { joinedAt: this.bad() ? '2026-03-29T02:30:00+01:00' : '2025-11-01T00:00:00Z' }),
      ...(this.bad(0.3) ? {} : { signedAt: this.bad() ? '2026-04-01T10:00:00Z' : '2025-11-02T00:00:00Z' }),
      ...(this.bad() ? { withdrawnAt: this.chance.of(['2026-06-30T12:00:00Z', '2025-10-01T00:00:00Z']) } : {}),
    };
  }

  /** Parties by name or by kind. */
  private namesOf(parties: readonly Party[], share: number): string[] {
    return [...new Set(this.some(parties, 2, share).map((p) => (this.chance.happens(0.3) ? p.agencyType : p.orgId)))];
  }

  private flow(index: number, purposes: readonly string[], parties: readonly Party[]): Flow {
    const onward = this.chance.of(['PROHIBITED', 'WITH_ORIGINATOR_CONSENT', 'LISTED'] as const);
    return {
      id: `F${[1, 10, 2, 9][index]}`,
      purpose: this.chance.of(purposes),
      from: this.namesOf(parties, 0.7),
      to: this.namesOf(parties, 0.8),
      items: this.some(ITEMS, 3, 0.8).map(({ code }) => code),
      methods: this.some(METHODS, 1, 0.8),
      classification: this.bad() ? 'OFFICIAL' : 'OFFICIAL-SENSITIVE',
      maxRecipients: this.bad() ? 1 : 5,
      onward,
      ...(onward === 'LISTED' ? { onwardTo: this.namesOf(parties, 0.6) } : {}),
      outsideMeetingAllowed: !this.bad(2),
    };
  }

  private lines(purpose: string, parties: readonly Party[]): BasisLine[] {
    const lines: BasisLine[] = [];
    for (const direction of ['SEND', 'RECEIVE'] as const) {
      for (const { orgId, agencyType, publicAuthority } of parties) {
        const many = this.bad(0.5) ? 0 : 1 + (this.chance.happens(0.3) ? this.chance.below(3) : 0);
        for (let i = 0; i < many; i++) {
          const party = this.chance.happens(0.2) ? agencyType : orgId;
          lines.push(this.line(`L${this.chance.below(1e6)}`, purpose, party, direction, publicAuthority));
        }
      }
    }
    return lines;
  }

  private line(id: string, purpose: string, party: string, direction: 'SEND' | 'RECEIVE', body: boolean): BasisLine {
    const base = { id, purpose, party, direction, apdRequired: false };
    const sending = direction === 'SEND' ? this.sending() : { gateways: [] };
    if (this.bad())
      return {
        ...base,
        ...sending,
        regime: 'PART3',
        ...(this.bad(2) ? {} : { sch8: [this.chance.of(['S8.1', 'S8.4'])] }),
      };
    const interest = body ? this.bad(0.5) : !this.bad(2);
    return {
      ...base,
      ...sending,
      regime: 'UKGDPR',
      art6: interest ? '6.1.ea' : '6.1.e',
      ...(interest ? { rliCondition: this.chance.of(['SAFEGUARDING', 'PUBLIC_TASK_RESPONSE']) } : {}),
      ...(this.bad() ? {} : { art9: this.chance.of(['9.2.g', '9.2.c', '9.2.h', '9.2.f']) }),
      ...(this.bad() ? {} : { sch1: [this.chance.of(['S1.18', 'S1.2', 'S1.1'])] }),
      ...(this.bad() ? {} : { art10: !this.bad(0.5) }),
    };
  }

  private sending(): Pick<BasisLine, 'gateways' | 'confidenceRoute'> {
    const route = this.chance.of(['STATUTE', 'STATUTE', 'PUBLIC_INTEREST', 'CONSENT'] as const);
    const gateways = ['CDA98.s115', 'CDA98.s17A', 'PCSCA22.s16', 'DVCVA04.s9', 'CA89.s17', 'CA04.s16LA'];
    return { gateways: this.bad() ? [] : this.some(gateways, 1, 0.2), confidenceRoute: route };
  }

  private restriction(): Agreement['restrictions'][number] {
    return {
      code: 'X1',
      action: this.chance.of(['READ', 'COPY']),
      ...(this.chance.happens(0.8) ? { items: this.some(ITEMS, 1, 0.1).map(({ code }) => code) } : {}),
      ...(this.chance.happens(0.7) ? { to: [this.chance.of(this.orgs).orgId, this.chance.of(AGENCIES)] } : {}),
      absolute: this.chance.happens(0.5),
    };
  }

  private declarations({ id, version }: Agreement): MeetingDeclaration[] {
    return this.some(['U1', 'U2', 'U3'], 1, 0.6).map((userId) => ({
      meetingId: 'M1',
      userId,
      agreementId: id,
      version,
      signedAt: this.chance.of(['2026-01-05T09:00:00Z', '2026-06-30T12:00:00Z']),
    }));
  }

  /** A request that mostly names a flow which exists, at a moment that is often a boundary, to the millisecond. */
  request(world: World): DecisionRequest {
    const one = this.chance.of(world.agreements);
    const flow = this.chance.of(one.flows);
    const among = (names: readonly string[]): string[] =>
      one.parties.filter((p) => names.includes(p.orgId) || names.includes(p.agencyType)).map(({ orgId }) => orgId);
    const anybody = (): string => (this.chance.happens(0.95) ? this.chance.of(this.orgs).orgId : 'STRANGER');
    const sender = this.bad(0.5) ? anybody() : this.chance.of(among(flow.from));
    const recipients = this.bad(0.3) ? [anybody()] : this.some(among(flow.to), 1, 0.2).slice(0, 3);
    const kind = this.chance.of(['DISCLOSE', 'DISCLOSE', 'CONSULT', 'ASK_KNOWN'] as const);
    const orgId = this.bad(0.3) ? anybody() : kind === 'DISCLOSE' ? sender : this.chance.of(recipients);
    const at = this.moment();
    return {
      requestId: `R-${this.chance.below(1e9)}`,
      at,
      kind,
      agreementId: this.bad(0.1) ? 'A-NONE' : one.id,
      sender,
      recipients,
      actor: { userId: this.chance.of(['U1', 'U2', 'U3']), orgId, permissions: this.bad(3) ? [] : ['BREAK_GLASS'] },
      purpose: this.bad(0.3) ? this.chance.of([...PURPOSES, 'HOUSING']) : flow.purpose,
      items: this.chance.happens(0.6)
        ? this.some(flow.items, 1, 0.25)
        : this.some([...flow.items, 'COUNT', 'NOTES'], 1, 0.3).filter((x, i, a) => a.indexOf(x) === i),
      conditions: this.chance.happens(0.7) ? { RISK_RELATED: !this.bad() } : {},
      subjects: this.subjects(),
      method: this.bad(0.5) ? 'POST' : this.chance.of(flow.methods),
      classification: this.chance.of(['OFFICIAL', 'OFFICIAL-SENSITIVE']),
      ...(this.chance.happens(0.3)
        ? { setting: 'MEETING' as const, meetingId: this.bad() ? 'M2' : 'M1' }
        : { setting: 'OUTSIDE' as const }),
      consent: this.consent(),
      ...(this.bad() ? { action: this.chance.of(['READ', 'COPY', 'TRAIN']) } : {}),
      ...(this.bad() ? { version: this.bad() ? '9.9.9' : one.version } : {}),
      ...(this.chance.happens(0.6) ? { statement: 'Needed for our inquiry' } : {}),
      ...(this.chance.happens(0.6) ? { publicInterestRef: 'PI-1' } : {}),
      ...(this.bad() ? { origin: this.origin(world, one) } : {}),
      ...(this.chance.happens(this.fault) ? { breakGlass: this.breakGlass(at, orgId) } : {}),
    };
  }

  private moment(): string {
    if (this.chance.happens(0.5))
      return new Date(Date.UTC(2026, 4, 1) + this.chance.below(60 * 86_400_000)).toISOString();
    const day = Date.parse(`${this.chance.of(DAYS)}T00:00:00Z`);
    const hour = this.chance.of([-2, -1, 0, 1, 2, 9, 12, 23, 24]) * 3_600_000;
    const at = day + hour + this.chance.of([-1, 0, 0, 1, 1_800_000]);
    const text = new Date(at).toISOString();
    // The same moment with another offset is the same moment.
    return this.chance.happens(0.2) ? `${new Date(at + 7_200_000).toISOString().slice(0, -1)}+02:00` : text;
  }

  private subjects(): DecisionRequest['subjects'] {
    const deceased = this.bad();
    if (this.bad(0.2)) return [];
    return Array.from({ length: this.chance.happens(0.8) ? 1 : 2 }, (_, i) => ({
      pid: `P${i}`,
      about: this.chance.of(['VICTIM', 'PERP', 'CHILD'] as const),
      match: this.bad(0.5) ? this.chance.of(['POSSIBLE', 'NONE'] as const) : 'EXACT',
      deceased: deceased && !this.bad(),
    }));
  }

  private consent(): DecisionRequest['consent'] {
    return {
      state: this.chance.of(['GIVEN', 'GIVEN', 'NOT_SOUGHT', 'REFUSED', 'WITHDRAWN'] as const),
      ...(this.bad(2) ? {} : { withoutReason: this.chance.of(['CANNOT_GIVE', 'WOULD_PREJUDICE'] as const) }),
      ...(this.bad(2) ? {} : { refusalNote: 'Danger to the “children”' }),
    };
  }

  private origin(world: World, own: Agreement): NonNullable<DecisionRequest['origin']> {
    const from = this.chance.happens(0.7) ? own : this.chance.of(world.agreements);
    return {
      orgId: this.chance.of(from.parties).orgId,
      agreementId: from.id,
      version: from.version,
      ...(this.bad(0.5) ? {} : { flowId: this.bad(0.5) ? 'F99' : this.chance.of(from.flows).id }),
      ...(this.chance.happens(0.6) ? { consentRef: 'C-1' } : {}),
    };
  }

  private breakGlass(at: string, orgId: string): NonNullable<DecisionRequest['breakGlass']> {
    const hours = this.chance.of([2, 4, 4, 4.1, 0, -1]);
    const expiresAt = new Date(Date.parse(at) + hours * 3_600_000 + this.chance.of([0, 0, 1])).toISOString();
    return {
      ...(this.bad(0.3) ? {} : { reason: this.bad(0.3) ? 'HURRY' : 'LIFE_AT_RISK' }),
      ...(this.bad(0.3)
        ? {}
        : { authoriser: { userId: this.chance.of(['U1', 'U8', 'U9']), orgId: this.bad(0.3) ? 'ORG1' : orgId } }),
      ...(this.bad(0.3) ? {} : { expiresAt }),
      basis: {
        ...(this.bad(0.3) ? {} : { regime: this.bad() ? 'PART3' : 'UKGDPR' }),
        art6: this.chance.of(['6.1.d', '6.1.d', '6.1.e', '6.1.ea']),
        ...(this.bad(2) ? { rliCondition: 'PUBLIC_TASK_RESPONSE' } : {}),
        ...(this.bad()
          ? {}
          : { art9: this.chance.of(['9.2.c', '9.2.g']), sch1: ['S1.30'], art10: true, sch8: ['S8.3'] }),
      },
    };
  }
}
