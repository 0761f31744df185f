import type { Tx, UnitOfWork } from '@concordat/messaging';
import { serviceActorId, systemCall } from '@concordat/platform';

export const SYSTEM = serviceActorId('insight');

/** The system's own bookkeeping of work under way, which tells nobody anything and so leaves no entry. */
export const bookkeeping = <T>(unit: UnitOfWork, work: (tx: Tx) => Promise<T>): Promise<T> =>
  unit.project(systemCall(SYSTEM, 'operation'), work);
