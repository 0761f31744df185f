import type { Action, ObjectRef } from '@concordat/contracts';
import { Forbidden, serviceActorId, systemCall, Unauthenticated, type Actor, type Call } from '@concordat/platform';
import { fileRows, type AskedFile, type FileRows, type FileState, type FileTables } from './file-rows';
import type { Tx } from './tx';
import type { UnitOfWork } from './unit-of-work';

const CLAIM_SECONDS = 120;

/** What makes a kind of files. */
export interface FileMaker {
  readonly keptHours: number;
  /** The act by which a file ends without its bytes, and what it is about. */
  readonly ends: { readonly action: Action; readonly object: ObjectRef['t'] };
  /**
   * Writes it, telling of each part as it is done. It reads in the name of whoever asked, by `inTheirName` anew for each part.
   * @throws Forbidden, Unauthenticated when they may not have it any more, which ends it; anything else, and it is tried again.
   */
  write(work: AskedFile, wrote: () => Promise<void>): Promise<Buffer>;
}

/**
 * Files that are made as jobs for whoever asked for them, followed by their progress and kept a while. The job makes one punctual; the
 * sweep finds what it lost, and takes away what was kept long enough. A file that was begun by a process that died is begun again.
 */
export class FileWork {
  readonly rows: FileRows;
  private readonly self: string;

  constructor(
    private readonly unit: UnitOfWork,
    tables: FileTables,
    private readonly maker: FileMaker,
  ) {
    this.rows = fileRows(tables);
    this.self = serviceActorId(tables.context);
  }

  async sweep(): Promise<void> {
    for (const { id } of await this.quietly((tx) => this.rows.waiting(tx))) await this.run(id);
    for (const { id } of await this.quietly((tx) => this.rows.overdue(tx))) await this.end(id, 'done', 'expired');
  }

  /** Writes a file unless somebody is at it or it has ended. */
  async run(id: string): Promise<void> {
    const work = await this.quietly((tx) => this.rows.claim(tx, id, CLAIM_SECONDS));
    if (!work) return;
    try {
      const bytes = await this.maker.write(work, () => this.quietly((tx) => this.rows.wrote(tx, id, CLAIM_SECONDS)));
      await this.quietly((tx) => this.rows.finish(tx, id, bytes, this.maker.keptHours));
    } catch (error) {
      // Who asked has left, or may not any more: that does not pass. Anything else may, and is tried again.
      if (error instanceof Forbidden || error instanceof Unauthenticated)
        return await this.end(id, 'running', 'failed', error.details.reasons?.[0] ?? error.code);
      await this.quietly((tx) => this.rows.release(tx, id));
      throw error;
    }
  }

  /** A call in the name of whoever asked, with the rights that they have now. Throws Unauthenticated when they have left. */
  async inTheirName({ userId, orgId, correlationId, purpose, path }: AskedFile): Promise<Call> {
    const [row] = await this.quietly((tx) =>
      tx.query<Pick<Actor, 'roles' | 'areas'> & Record<string, unknown>>(
        `SELECT m.roles, m.areas FROM member m JOIN organisation o USING (org_id)
          WHERE m.user_id = $1 AND m.org_id = $2 AND m.active AND o.active`,
        [userId, orgId],
        'actor-now',
      ),
    );
    if (!row) throw new Unauthenticated('member.unknown', 'Whoever asked is not a member any more');
    const actor: Actor = { kind: 'user', id: userId, orgId, roles: row.roles, areas: row.areas };
    return { ...systemCall(userId, purpose), actor, correlationId, method: 'POST', path };
  }

  /** Ends a file, and puts that on record. */
  async end(id: string, from: FileState, state: FileState, code: string | null = null): Promise<void> {
    const { action, object: t } = this.maker.ends;
    const call = systemCall(this.self, 'operation');
    await this.unit.run({ action, call, objects: [{ t, id }] }, async (tx) => {
      await this.rows.end(tx, id, from, state, code);
      tx.about({ items: [state], ...(code ? { reasons: [code] } : {}) });
    });
  }

  /** The system's own bookkeeping of such work, which tells nobody anything and so leaves no entry. */
  quietly<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.unit.project(systemCall(this.self, 'operation'), work);
  }
}
