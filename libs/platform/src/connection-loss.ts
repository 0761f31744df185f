import { Problem } from './errors';

/**
 * isConnectionLoss tells whether the database went away, or is not there yet. Class 08 and 57P: connection exceptions and
 * shutdowns; without a code: the socket.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof Problem) return error.code === 'outcome.unknown';
  const code = (error as { code?: string }).code;
  if (code === undefined) return error instanceof Error && /connection|terminated|not queryable/i.test(error.message);
  return /^(08|57P)/.test(code) || ['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ETIMEDOUT'].includes(code);
}
