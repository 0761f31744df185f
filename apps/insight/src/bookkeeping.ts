import type { Tx, UnitOfWork } from '@concordat/messaging';
import { serviceActorId, systemCall } from '@concordat/platform';

export const SYSTEM = serviceActorId('insight');

/** The system's own bookkeeping of work under way, which tells nobody anything and so leaves no entry. */
export async function bookkeeping<T>(unit: UnitOfWork, work: (tx: Tx) => Promise<T>): Promise<T> {
  let found: T;
  await unit.project(systemCall(SYSTEM, 'operation'), async (tx) => void (found = await work(tx)));
  return found!;
}
