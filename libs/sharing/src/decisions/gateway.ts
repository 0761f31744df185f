import type { Party } from '../agreement';
import { IDENTIFYING, PATIENT, type CompiledLine } from './compiled';

/** What a gateway's limit asks about an act, or about a flow before anybody acts. */
export interface Carrying {
  /** Of the items, added up. */
  readonly traits: number;
  readonly senderIsCare: boolean;
  readonly deathReview: boolean;
  readonly recipients: readonly Party[];
  /** The party of this id, if it takes part (in a decision: if it is live). */
  readonly principal: (orgId: string) => Party | undefined;
}

/** limitHolds is R13 for one gateway: whether it carries this. */
export function limitHolds(limit: CompiledLine['limits'][number], carrying: Carrying): boolean {
  if (limit === 'none') return true;
  if (limit === 'never') return false;
  const depersonalised = (carrying.traits & IDENTIFYING) === 0;
  switch (limit.kind) {
    case 'depersonalised':
      return depersonalised;
    case 'no-patient-information':
      return (carrying.traits & PATIENT) === 0 && (depersonalised || !carrying.senderIsCare);
    case 'death-review':
      return carrying.deathReview;
    case 'recipients':
      return carrying.recipients.every(({ agencyType, actingFor }) => {
        if (limit.types.includes(agencyType)) return true;
        const principal = actingFor === undefined ? undefined : carrying.principal(actingFor);
        return principal !== undefined && limit.types.includes(principal.agencyType);
      });
  }
}
