import type { Tx } from '@concordat/messaging';
import { within, type Extent } from '../looks';
import { agenciesIn } from './chronology.repository';

/** Agencies with entries in a case that may be seen. Throws the refusal when everything was refused and the caller's has none. */
export async function agenciesWithin(tx: Tx, extent: Extent, caseId: string): Promise<string[]> {
  const agencies = await agenciesIn(tx, caseId);
  return within(
    extent,
    agencies.map((orgId) => ({ orgId })),
  ).map(({ orgId }) => orgId);
}
