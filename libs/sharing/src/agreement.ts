/**
 * An information-sharing agreement: who may send what to whom for which purpose, and on which legal grounds at both ends.
 * Plain data; every member keeps the name under which the machine-readable copy is published.
 */
export const tiers = ['ACCORD', 'OVERARCHING', 'PURPOSE_SPECIFIC', 'DDA', 'JCA', 'DPA'] as const;
export type Tier = (typeof tiers)[number];
export const statuses = [
  'DRAFT',
  'IN_QA',
  'ASSURED',
  'SIGNED',
  'ACTIVE',
  'SUSPENDED',
  'EXPIRED',
  'WITHDRAWN',
  'SUPERSEDED',
] as const;
export type Status = (typeof statuses)[number];
export const eventTypes = [
  'SIGNED',
  'ACTIVATED',
  'AMENDED',
  'REVIEWED',
  'SUSPENDED',
  'RESUMED',
  'PARTY_JOINED',
  'PARTY_WITHDREW',
  'WITHDRAWN',
  'SUPERSEDED',
] as const;
export type EventType = (typeof eventTypes)[number];
export const agencyTypes = [
  'COUNCIL',
  'POLICE',
  'NHS',
  'ICB',
  'PROBATION',
  'FIRE',
  'HOUSING',
  'VCS',
  'EDUCATION',
  'PRISON',
] as const;
export type AgencyType = (typeof agencyTypes)[number];
export const categories = ['PERSONAL', 'SPECIAL', 'CRIMINAL', 'DEPERSONALISED'] as const;
export type Category = (typeof categories)[number];
export const subjectKinds = ['VICTIM', 'PERP', 'CHILD', 'REFERRER', 'PROFESSIONAL', 'OTHER'] as const;
export type SubjectKind = (typeof subjectKinds)[number];
export const classifications = ['OFFICIAL', 'OFFICIAL-SENSITIVE'] as const;
export type Classification = (typeof classifications)[number];
export const regimes = ['UKGDPR', 'PART3'] as const;
export type Regime = (typeof regimes)[number];
export const routes = ['CONSENT', 'PUBLIC_INTEREST', 'STATUTE'] as const;
export type ConfidenceRoute = (typeof routes)[number];

export interface ContactPoint {
  readonly name: string;
  readonly post?: string;
  readonly email?: string;
  readonly telephone?: string;
}

/** What a party's signatory signed: the hash of the terms, and where the sign-off is on record. */
export interface Signature {
  readonly contentHash: string;
  readonly by: string;
  readonly reference?: string;
}

export interface Party {
  readonly orgId: string;
  readonly catalogueIds: readonly string[];
  readonly agencyType: AgencyType;
  readonly role: 'CONTROLLER' | 'JOINT' | 'PROCESSOR';
  readonly publicAuthority: boolean;
  /** A competent authority of Part 3 of the Data Protection Act 2018. */
  readonly competentAuthority: boolean;
  readonly healthOrSocialCare: boolean;
  /** The organisation on whose behalf this party acts. */
  readonly actingFor?: string;
  readonly icoRegNo?: string;
  readonly signatory?: { readonly name: string; readonly post: string; readonly signature?: Signature };
  readonly signedAt?: string;
  /** Designated liaison officer. */
  readonly dlo?: ContactPoint;
  /** Single point of contact. */
  readonly spoc?: ContactPoint;
  /** Data protection officer. */
  readonly dpo?: ContactPoint;
  readonly caldicottGuardian?: ContactPoint;
  readonly joinedAt?: string;
  readonly withdrawnAt?: string;
  /** Notice that it must give, ISO 8601 duration. */
  readonly withdrawalNotice?: string;
}

export interface Purpose {
  readonly code: string;
  readonly description: string;
  readonly statutoryFunction: string;
  readonly deathReview: boolean;
  readonly annex2Compat?: string;
}

/** The data-protection basis, gateway and confidence route of one party, for one purpose, at one end. */
export interface BasisLine {
  readonly id: string;
  readonly purpose: string;
  /** orgId or agencyType. */
  readonly party: string;
  readonly direction: 'SEND' | 'RECEIVE';
  readonly regime: Regime;
  readonly art6?: string;
  readonly rliCondition?: string;
  readonly art9?: string;
  readonly sch1?: readonly string[];
  readonly art10?: boolean;
  readonly sch8?: readonly string[];
  readonly gateways: readonly string[];
  readonly confidenceRoute?: ConfidenceRoute;
  readonly consentPolicy?: string;
  readonly apdRequired: boolean;
}

export interface DataItem {
  readonly code: string;
  readonly category: Category;
  readonly about: SubjectKind;
  readonly patientInfo: boolean;
  /** A named fact without which the item may not be shared, such as RISK_RELATED. */
  readonly condition?: string;
  readonly format?: string;
}

export const onwardRules = ['PROHIBITED', 'WITH_ORIGINATOR_CONSENT', 'LISTED'] as const;

export interface Flow {
  readonly id: string;
  readonly purpose: string;
  /** orgId or agencyType, as are `to` and `onwardTo`. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly items: readonly string[];
  readonly trigger?: string;
  readonly frequency?: string;
  readonly methods: readonly string[];
  readonly classification: Classification;
  readonly maxRecipients: number;
  readonly onward: (typeof onwardRules)[number];
  readonly onwardTo?: readonly string[];
  readonly outsideMeetingAllowed: boolean;
  readonly minimisationRule?: string;
}

export interface Restriction {
  readonly code: string;
  readonly action: string;
  /** An absent list means any. */
  readonly items?: readonly string[];
  readonly to?: readonly string[];
  /** Not to be overridden in an emergency either. */
  readonly absolute: boolean;
}

export interface RetentionRule {
  readonly id: string;
  readonly trigger: 'CASE_CLOSED' | 'LAST_MEETING' | 'SUBJECT_DOB' | 'DEATH' | 'PUBLICATION';
  readonly period: string;
  readonly action: 'DELETE' | 'REVIEW' | 'ARCHIVE';
  readonly holds: readonly string[];
  /** orgId or agencyType; the rule is for all parties when absent. */
  readonly partyOverride?: string;
  /** Categories of data that the rule is for; all when absent. */
  readonly categories?: readonly Category[];
  readonly conflict: 'LONGEST' | 'SHORTEST';
}

export interface AgreementEvent {
  readonly type: EventType;
  readonly at: string;
  readonly by: string;
  readonly orgId?: string;
}

/** One version of an agreement. */
export interface Agreement {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly contact: string;
  readonly tier: Tier;
  readonly parentId?: string;
  readonly status: Status;
  readonly jurisdiction: 'ENG' | 'WAL' | 'SCO' | 'NI';
  /** Civil days in London, all inclusive. */
  readonly effectiveFrom: string;
  readonly reviewBy: string;
  readonly expiresOn: string;
  readonly reviewOverduePolicy: 'BLOCK' | 'WARN';
  readonly contentHash?: string;
  /** Places of this document that may be published, and places that must not, such as `parties.signatory`. */
  readonly publishableView: readonly string[];
  readonly restrictedView: readonly string[];
  readonly dpiaRef?: string;
  readonly apdRefs: readonly string[];
  readonly ropaRefs: readonly string[];
  readonly permittedUses: readonly string[];
  readonly restrictions: readonly Restriction[];
  readonly parties: readonly Party[];
  readonly purposes: readonly Purpose[];
  readonly basisLines: readonly BasisLine[];
  readonly dataItems: readonly DataItem[];
  readonly flows: readonly Flow[];
  readonly retention: readonly RetentionRule[];
  readonly security: {
    readonly vetting?: string;
    readonly training?: string;
    readonly encryption?: string;
    readonly location?: string;
  };
  readonly rights: {
    readonly sarLead?: string;
    readonly exemptions: readonly string[];
    readonly notifyOriginatorBeforeDisclosure: boolean;
  };
  readonly breach: {
    readonly notifyOriginatorWithinH?: number;
    readonly icoWithinH?: number;
    readonly contact?: string;
  };
  readonly terms: {
    readonly dispute?: string;
    readonly nonCompliance?: string;
    readonly indemnity?: string;
    readonly complaintAckDays?: number;
  };
  readonly events: readonly AgreementEvent[];
}

/** A user's declaration at a meeting that they keep to a version of an agreement. */
export interface MeetingDeclaration {
  readonly meetingId: string;
  readonly userId: string;
  readonly agreementId: string;
  readonly version: string;
  readonly signedAt: string;
}

/** compareVersions orders semantic versions (MAJOR.MINOR.PATCH): negative when `a` is the lower. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (const place of [0, 1, 2]) {
    const difference = (left?.[place] ?? 0) - (right?.[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** named tells whether a list of organisations or kinds of agency (`from`, `to`, `onwardTo`) names a party. */
export const named = (names: readonly string[], party: Pick<Party, 'orgId' | 'agencyType'>): boolean =>
  names.includes(party.orgId) || names.includes(party.agencyType);

/** versionsById gathers the versions of each agreement. */
export function versionsById(agreements: readonly Agreement[]): ReadonlyMap<string, readonly Agreement[]> {
  const byId = new Map<string, Agreement[]>();
  for (const one of agreements) {
    const versions = byId.get(one.id);
    if (versions) versions.push(one);
    else byId.set(one.id, [one]);
  }
  return byId;
}
