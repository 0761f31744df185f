import type { Tx } from '@concordat/messaging';

/** Long work as administrators are told of it. */
export interface LongWork {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly orgId: string;
  readonly userId: string;
  readonly done: number;
  readonly total: number;
  /** Why it failed. */
  readonly code: string | null;
  readonly askedAt: Date;
  readonly endedAt: Date | null;
  /** When somebody who is at it last came on with it; null while nobody is. */
  readonly movedAt: Date | null;
}

/** What the database lets the caller oversee: of each kind the newest, and what is under way before what has ended. */
export const workOverseen = (tx: Tx): Promise<LongWork[]> =>
  tx.query<LongWork & Record<string, unknown>>(
    `SELECT id, kind, state, org_id AS "orgId", user_id AS "userId", done, total, code, asked_at AS "askedAt", ended_at AS "endedAt",
            moved_at AS "movedAt" FROM work_overseen() ORDER BY state = 'running' DESC, asked_at DESC, id`,
    [],
    'work-overseen',
  );
