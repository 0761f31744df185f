import type { Tx } from './tx';

/** Work that goes on for a while, as administrators are told of it: nothing of what is in it. */
export interface OverseenWork {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  /** Null of work of the whole partnership, as who asked is then. */
  readonly orgId: string | null;
  readonly userId: string | null;
  readonly done: number;
  /** Null where it is not known how much there is. */
  readonly total: number | null;
  /** Why it failed. */
  readonly code: string | null;
  readonly askedAt: Date;
  readonly endedAt: Date | null;
  /** When somebody who is at it last came on with it; null while nobody is. */
  readonly movedAt: Date | null;
}

/**
 * What the context's `work_overseen()` lets the caller oversee: of each kind the newest, and what is under way before what has ended.
 * The function is the wall: the tables stay closed to everybody but whoever asked.
 */
export const workOverseen = (tx: Tx): Promise<OverseenWork[]> =>
  tx.query<OverseenWork & Record<string, unknown>>(
    `SELECT id, kind, state, org_id AS "orgId", user_id AS "userId", done, total, code, asked_at AS "askedAt", ended_at AS "endedAt",
            moved_at AS "movedAt" FROM work_overseen() ORDER BY state = 'running' DESC, asked_at DESC, id`,
    [],
    'work-overseen',
  );
