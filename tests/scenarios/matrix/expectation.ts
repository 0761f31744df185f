import { mayDo, type Role } from '@concordat/contracts';
import type { Declared } from './operations';

/** What is asked about: nothing in particular, a record that the caller may know of, one that they may not, or none at all. */
export type About = 'nothing' | 'known' | 'hidden' | 'absent';

/** An answer without what names this very question. */
export interface Told {
  readonly status: number;
  readonly code: string | null;
  readonly reasons: readonly string[];
  /** Of a record that was changed meanwhile; null when nothing is said of it. */
  readonly currentVersion: number | null;
  /** Everything that was said, without instance and correlation id. */
  readonly whole: string;
}

/**
 * wrongWith says what is wrong with the answer that somebody with one role got, or null. It follows from `permissions` and
 * from these rules of acceptance.md alone: absent and forbidden look alike; 403 comes after 404 and 409; a role is
 * necessary and not sufficient. `absent` is what the same caller got to the same question about a record that is not there.
 */
export function wrongWith(
  operation: Declared,
  role: Role,
  about: About,
  told: Told,
  absent: Told | null,
): string | null {
  const { status, reasons } = told;
  if (status >= 500) return 'a fault';
  if (operation.open) return status === 401 || status === 403 ? 'what is open to anybody is refused' : null;
  if (status === 401) return 'somebody signed in is not recognised';
  const entitled = operation.action === null || mayDo([role], operation.action);
  const refusedByRole = reasons.includes('role.not-entitled');
  if (about === 'hidden')
    return absent && told.whole === absent.whole && showsNothing(operation, status)
      ? null
      : 'what is hidden is not answered like what is absent';
  if (about === 'absent')
    return showsNothing(operation, status) || operation.action === null ? null : 'what is not there was done or shown';
  if (entitled && refusedByRole) return 'a role that is entitled is refused for its role';
  if (entitled) return about === 'known' && isAbsent(told, absent) ? 'what is there is not found' : null;
  if (status < 400) return 'a role that is not entitled was served';
  return [403, 404, ...(about === 'known' ? [409] : [])].includes(status) ? null : 'refused, but not for the role';
}

/** Refused; or, of what was asked for, that it is not ready, which is said of whatever could be on its way (a receipt). */
const showsNothing = ({ method }: Declared, status: number): boolean =>
  status >= 400 || (method === 'get' && status === 202);

/** Whether an answer is the one to what is not there. */
const isAbsent = (told: Told, absent: Told | null): boolean => told.status === 404 && told.whole === absent?.whole;

/**
 * Whether an answer shows that its caller was let in to the record: served, or told what is wrong with what they sent, or
 * with the state that the record is in. All of that is decided after who they are (docs/how-to/add-a-feature.md).
 */
export const letIn = ({ status, currentVersion }: Told): boolean =>
  status < 300 || status === 422 || (status === 409 && currentVersion === null);
