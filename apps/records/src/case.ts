import type { AccessLevel } from '@concordat/contracts';
import type { ReferredPerson } from './person';

/** What referrals gives to the service that opens the case (its case file, asked for by id). */
export interface CaseFile {
  readonly referralId: string;
  readonly caseId: string;
  readonly pathway: string;
  readonly areaId: string;
  readonly leadOrg: string;
  readonly referringOrg: string;
  readonly referredBy: string;
  readonly receivedAt: string;
  readonly acceptedAt: string;
  readonly decidedBy: string;
  readonly people: readonly ReferredPerson[];
  /** `from` is the `kind` of `to`, each by their ref within the referral. */
  readonly relationships: readonly { readonly from: string; readonly to: string; readonly kind: string }[];
  readonly safeContact?: ({ readonly person?: string } & Record<string, unknown>) | null;
  readonly staffRisk?: Record<string, unknown> | null;
}

type CasePerson = Pick<ReferredPerson, 'id' | 'roles' | 'name'>;

export interface Participation {
  readonly orgId: string;
  readonly level: AccessLevel;
}

/** Who takes part when a case opens: the lead agency leads; others that the decision named contribute. */
export function openingParticipations(leadOrg: string, others: readonly string[]): Participation[] {
  return [
    { orgId: leadOrg, level: 'lead' },
    ...[...new Set(others)]
      .filter((o) => o !== leadOrg)
      .map((orgId): Participation => ({ orgId, level: 'contributor' })),
  ];
}

/** The name that a list shows: of the first subject, else of the first person. */
export function subjectName(people: readonly CasePerson[]): string {
  const subject = people.find((p) => p.roles.includes('subject')) ?? people[0];
  return [subject?.name?.given, subject?.name?.family].filter(Boolean).join(' ') || 'Name not known';
}

/** What happened before the case opened, as its timeline tells it. Oldest first. */
export function openingTimeline(
  file: CaseFile,
  openedAt: Date,
): { at: Date; what: string; orgId: string; byId: string; detail: Record<string, string> }[] {
  const referral = { referral: file.referralId };
  return [
    {
      at: new Date(file.receivedAt),
      what: 'referral-received',
      orgId: file.referringOrg,
      byId: file.referredBy,
      detail: referral,
    },
    {
      at: new Date(file.acceptedAt),
      what: 'referral-accepted',
      orgId: file.leadOrg,
      byId: file.decidedBy,
      detail: referral,
    },
    { at: openedAt, what: 'case-opened', orgId: file.leadOrg, byId: file.decidedBy, detail: referral },
  ];
}

/**
 * Why a participation may not be changed so, or null when it may. A case always has its lead; a lead passes on by
 * transfer of ownership, never by this.
 */
export function mayChangeParticipation(leadOrg: string, orgId: string, level: AccessLevel | 'ended'): string | null {
  if (orgId === leadOrg) return 'participation.lead-stays';
  if (level === 'lead') return 'participation.one-lead';
  return null;
}
