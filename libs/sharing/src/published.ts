import type { Agreement } from './agreement';
import { contentHashOf } from './content-hash';
import { instantOf } from './reading';

/** What is published of a party: which organisation it is, never who works for it. */
export interface PublishedParty {
  readonly orgId: string;
  readonly agencyType: string;
  readonly role: string;
}

/** An agreement as anybody may read it. The sections are those that it lets be published, whole. */
export interface PublishedAgreement {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly tier: string;
  readonly jurisdiction: string;
  readonly effectiveFrom: string;
  readonly reviewBy: string;
  readonly expiresOn: string;
  /** Of its whole terms, so that whoever has been given them can tell that they are these. */
  readonly contentHash: string;
  readonly parties: readonly PublishedParty[];
  readonly sections: Readonly<Record<string, unknown>>;
}

/** Parts of the terms that hold no contact of anybody, and may be published where the agreement says so. */
const SECTIONS = [
  'purposes',
  'dataItems',
  'flows',
  'basisLines',
  'restrictions',
  'retention',
  'permittedUses',
] as const;

/**
 * publishedOf is what anybody may read of an agreement at an instant: what it is called, when it is in force, which
 * organisations are live parties, and of its terms the sections that stand in `publishableView` and of which nothing stands in
 * `restrictedView`. People, contacts, signatures and references are never in it, whatever the views say.
 */
export function publishedOf(agreement: Agreement, at: Date): PublishedAgreement {
  const { id, version, title, tier, jurisdiction, effectiveFrom, reviewBy, expiresOn } = agreement;
  const { publishableView, restrictedView } = agreement;
  const restricted = (section: string): boolean =>
    restrictedView.some((place) => place === section || place.startsWith(`${section}.`));
  const open = SECTIONS.filter((section) => publishableView.includes(section) && !restricted(section));
  const live = agreement.parties.filter(
    ({ signedAt, joinedAt, withdrawnAt }) =>
      signedAt && joinedAt && !(withdrawnAt && instantOf(withdrawnAt) <= at.getTime()),
  );
  return {
    ...{ id, version, title, tier, jurisdiction, effectiveFrom, reviewBy, expiresOn },
    contentHash: contentHashOf(agreement),
    parties: live.map(({ orgId, agencyType, role }) => ({ orgId, agencyType, role })),
    sections: Object.fromEntries(open.map((section) => [section, agreement[section]])),
  };
}
