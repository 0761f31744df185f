import type { PersonChange, PersonDetails } from './person';

/** Who looks: their organisation, and whether it leads a case of the person. */
export interface Looker {
  readonly orgId: string | null;
  readonly leads: boolean;
}
type Address = NonNullable<PersonDetails['addresses']>[number];

/**
 * A confidential address, such as a refuge, is told to the agency that leads a case of the person and to the one that
 * recorded it, and to no other that takes part: any of them may employ, or be, somebody who must not learn it.
 */
const isWithheld = (address: Address, { orgId, leads }: Looker): boolean =>
  address.confidential === true && !leads && (orgId === null || address.source?.orgId !== orgId);

/** shownTo is what of a person's details one looker is shown. Of a confidential address that it is there, and its kind. */
export function shownTo<T extends PersonDetails>(looker: Looker, details: T): T {
  if (!details.addresses?.some((a) => isWithheld(a, looker))) return details;
  const addresses = details.addresses.map((a): Address =>
    isWithheld(a, looker)
      ? { ...(a.kind ? { kind: a.kind } : {}), confidential: true, ...(a.source ? { source: a.source } : {}) }
      : a,
  );
  return { ...details, addresses };
}

/** The addresses that one looker is not shown. Whatever else they do with the person, these stay. */
export const withheldFrom = (looker: Looker, details: PersonDetails): readonly Address[] =>
  (details.addresses ?? []).filter((a) => isWithheld(a, looker));

/** A change of addresses by somebody who does not see all of them: those stay, and what stood for them is nothing. */
export function keepingWithheld(looker: Looker, before: PersonDetails, change: PersonChange): PersonChange {
  const hidden = withheldFrom(looker, before);
  if (change.addresses === undefined || hidden.length === 0) return change;
  const sent = (change.addresses ?? []).filter((a) => !a.confidential || a.postcode || (a.lines ?? []).length > 0);
  return { ...change, addresses: [...sent, ...hidden] };
}
