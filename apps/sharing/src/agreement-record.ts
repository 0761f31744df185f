import type { AgreementStep } from '@concordat/contracts';
import { contentHashOf, stepsOpen, type Agreement } from '@concordat/sharing';

/** One version of an agreement as it is kept: the document, and what belongs to the record of it. */
export interface AgreementRecord {
  readonly id: string;
  /** Of the record, raised by each change; not the number of the agreement's version. */
  readonly version: number;
  readonly ownerOrg: string;
  /** Who last changed its terms, or gave it to be checked. */
  readonly editedBy: string;
  readonly document: Agreement;
}

/** How acts name an agreement, as decisions do: `id@version` of the document. */
export const named = ({ document: { id, version } }: Pick<AgreementRecord, 'document'>): string => `${id}@${version}`;

/** Who looks at a record: a member of staff, for one organisation. */
export interface Looker {
  readonly id: string;
  readonly orgId: string | null;
}

const CHECKING: readonly AgreementStep[] = ['assure', 'return'];

/**
 * mayNotStep says why somebody may not take a step with a version, or null when they may, their role given. The owner leads it
 * through its life; checking it is for anybody of its parties or owner who did not write it, so that no one assures their own
 * work. Pure.
 */
export function mayNotStep({ ownerOrg, editedBy, document }: AgreementRecord, step: AgreementStep, who: Looker) {
  if (!CHECKING.includes(step)) return who.orgId === ownerOrg ? null : 'organisation.not-owner';
  if (who.orgId !== ownerOrg && !isParty(document, who.orgId)) return 'organisation.not-party';
  // Its writer may take it back, but not pass it.
  return step === 'assure' && who.id === editedBy ? 'agreement.own-work' : null;
}

/** Whether it has not been activated yet, so that what it would change can still be looked at first. Pure. */
export const isToCome = ({ status }: Agreement): boolean => ['DRAFT', 'IN_QA', 'ASSURED', 'SIGNED'].includes(status);

export const isParty = ({ parties }: Agreement, orgId: string | null): boolean =>
  parties.some((party) => party.orgId === orgId);

/** What is open to somebody of a governing role: shown as buttons, and checked again when it is done. Pure. */
export function openTo(record: AgreementRecord, who: Looker) {
  const { document, ownerOrg } = record;
  const open = stepsOpen(document.status);
  const party = document.parties.find(({ orgId }) => orgId === who.orgId);
  const steps = open.filter(
    // A draft is edited as it is.
    (step): step is AgreementStep =>
      isOwnersStep(step) &&
      mayNotStep(record, step, who) === null &&
      !(step === 'amend' && document.status === 'DRAFT'),
  );
  return {
    edit: document.status === 'DRAFT' && who.orgId === ownerOrg,
    discard: document.status === 'DRAFT' && document.events.length === 0 && who.orgId === ownerOrg,
    steps,
    sign: open.includes('sign') && party !== undefined && !party.signedAt,
    leave: open.includes('leave') && party?.signedAt !== undefined && !party.withdrawnAt,
    succeed: who.orgId === ownerOrg && !['DRAFT', 'IN_QA'].includes(document.status),
    preview: isToCome(document),
  };
}

const OWNERS = ['submit', 'return', 'assure', 'activate', 'amend', 'review', 'suspend', 'resume', 'withdraw'];
const isOwnersStep = (step: string): step is AgreementStep => OWNERS.includes(step);

/** The hash of its terms: what a party signs. */
export const hashOf = ({ document }: AgreementRecord): string => contentHashOf(document);
