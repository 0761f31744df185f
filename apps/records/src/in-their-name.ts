import { UnitOfWork, type Tx } from '@concordat/messaging';
import { serviceActorId, systemCall, type Actor, type Call } from '@concordat/platform';

const SYSTEM = serviceActorId('records');

/** Work that somebody asked for and that is done for them afterwards, and under what it is put on record. */
export interface AskedFor {
  readonly userId: string;
  readonly orgId: string;
  readonly correlationId: string;
  readonly purpose: string;
  readonly path: string;
}

/** Whoever asked, with the rights that they have now; undefined when they have left. */
export async function actorNow(unit: UnitOfWork, { userId, orgId }: AskedFor): Promise<Actor | undefined> {
  return bookkeeping(unit, async (tx) => {
    const [row] = await tx.query<Pick<Actor, 'roles' | 'areas'>>(
      `SELECT m.roles, m.areas FROM member m JOIN organisation o USING (org_id)
        WHERE m.user_id = $1 AND m.org_id = $2 AND m.active AND o.active`,
      [userId, orgId],
      'actor-in-their-name',
    );
    return row && { kind: 'user', id: userId, orgId, roles: row.roles, areas: row.areas };
  });
}

/** A call in their name, under the request by which they asked. */
export function callFor({ correlationId, purpose, path }: AskedFor, actor: Actor, more: Partial<Call> = {}): Call {
  return { ...systemCall(actor.id, purpose), actor, correlationId, method: 'POST', path, ...more };
}

/** A call of the system's own about such work. */
export const callAbout = ({ correlationId, purpose }: Pick<AskedFor, 'correlationId' | 'purpose'>): Call =>
  systemCall(SYSTEM, purpose, { correlationId });

/** The system's own bookkeeping of such work, which tells nobody anything and so leaves no entry. */
export const bookkeeping = <T>(unit: UnitOfWork, work: (tx: Tx) => Promise<T>): Promise<T> =>
  unit.project(systemCall(SYSTEM, 'operation'), work);
