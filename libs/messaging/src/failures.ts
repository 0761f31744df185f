import { Conflict, isConnectionLoss, Problem, Unavailable } from '@concordat/platform';
import type { DatabaseError } from 'pg';

const UNIQUE = '23505';

/** Whether somebody has the unique value that was to be written. */
export const isTaken = (error: unknown): boolean => (error as DatabaseError).code === UNIQUE;

/** Whether the twin of this command has just committed under the same idempotency key. */
export const isKeyTaken = (error: unknown): boolean =>
  isTaken(error) && (error as DatabaseError).constraint === 'idempotency_pkey';

/** Driver errors become problems that quote nothing: a message of PostgreSQL may contain the failing row. */
export function asProblem(error: unknown, code?: string): unknown {
  if (error instanceof Problem) return error;
  if (isConnectionLoss(error))
    return new Unavailable(code ?? 'database.unreachable', 'The database cannot be reached. Nothing was done');
  if (isTaken(error)) return new Conflict('record.exists', 'There is a record under this id already');
  return code ? new Unavailable(code, 'This cannot be put on record now, so it was not done') : error;
}

/** Codes of another service, or the database, that is away or only just starting. */
const NOBODY_THERE: ReadonlySet<string> = new Set([
  'service.unreachable',
  'service.answered-502',
  'service.answered-503',
  'service.answered-504',
  'issuer.unavailable',
  'database.unreachable',
]);

/** Nobody was there to be asked: not the doing of what was to be done. */
export const nobodyThere = (error: unknown): boolean =>
  isConnectionLoss(error) || (error instanceof Unavailable && NOBODY_THERE.has(error.code));

/** Classes 40 (rolled back), 53 (resources), 57 (cancelled, shut down) and a lock not to be had; or nobody to ask. */
export const isTransient = (error: unknown): boolean =>
  error instanceof Unavailable ||
  isConnectionLoss(error) ||
  /^(40|53|55P03|57)/.test((error as { code?: string }).code ?? '');
