import type { ContextName } from '@concordat/contracts';
import { NotFound } from '@concordat/platform';
import type { Tx } from './tx';

export type FileState = 'running' | 'done' | 'failed' | 'expired';

/**
 * Tables of a context that keep files which are made for whoever asked: how far each has come, and its bytes beside it. `work` has the
 * columns that are named below and `about`, what the file is of; `file` has `key` and `bytes`. Names of the code, never of a caller.
 */
export interface FileTables {
  readonly context: ContextName;
  readonly work: string;
  readonly about: string;
  readonly file: string;
  readonly key: string;
  /** What a file is called where it is not there. */
  readonly noun: string;
}

/** A file as whoever asked for it is told of it. */
export interface ToldFile {
  readonly id: string;
  readonly version: number;
  readonly about: string;
  readonly state: FileState;
  /** Parts that it has, and that are written by now. */
  readonly parts: number;
  readonly written: number;
  readonly bytes: number;
  readonly code: string | null;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
}
/** A file under way, as whoever writes it needs it. */
export interface AskedFile {
  readonly id: string;
  readonly about: string;
  readonly userId: string;
  readonly orgId: string;
  readonly correlationId: string;
  readonly purpose: string;
  readonly path: string;
  readonly requestedAt: Date;
}

const LATEST = 25;

/** The rows of such files: asked for, followed and fetched by one's own; taken, written and ended by the system. */
export function fileRows({ work, about, file, key, noun }: FileTables) {
  const told = `id, version, ${about} AS about, state, parts, written, bytes, code, requested_at AS "requestedAt", ended_at AS "endedAt",
    expires_at AS "expiresAt"`;
  const rows = (tx: Tx, sql: string, parameters: readonly unknown[] = []) =>
    tx.query<ToldFile & Record<string, unknown>>(sql, [...parameters]);

  return {
    /** Asks for a file of so many parts. */
    async ask(tx: Tx, id: string, of: string, parts: number): Promise<void> {
      const { correlationId, purpose, path, actor } = tx.call;
      await tx.execute(
        `INSERT INTO ${work} (id, ${about}, state, user_id, org_id, parts, correlation_id, purpose, path, requested_at)
         VALUES ($1, $2, 'running', $3, $4, $5, $6, $7, $8, $9)`,
        [id, of, actor.id, actor.orgId, parts, correlationId, purpose, path, tx.now],
      );
    },

    /** The caller's own, newest first. */
    mine: (tx: Tx): Promise<ToldFile[]> =>
      rows(
        tx,
        `SELECT ${told} FROM ${work} WHERE user_id = acting_user() AND org_id = acting_org()
          ORDER BY requested_at DESC, id LIMIT ${LATEST}`,
      ),

    /** One of the caller's own. Throws NotFound for anybody else's. */
    async one(tx: Tx, id: string): Promise<ToldFile> {
      const [row] = await rows(
        tx,
        `SELECT ${told} FROM ${work} WHERE id = $1 AND user_id = acting_user() AND org_id = acting_org()`,
        [id],
      );
      if (!row) throw new NotFound(noun);
      return row;
    },

    /** Throws NotFound while it is not whole, and once it is there no more. */
    async bytes(tx: Tx, id: string): Promise<Buffer> {
      const [row] = await tx.query<{ bytes: Buffer }>(`SELECT bytes FROM ${file} WHERE ${key} = $1`, [id]);
      if (!row) throw new NotFound(`${noun}-file`);
      return row.bytes;
    },

    /** Takes a file for a while, from its beginning, unless somebody is at it or it has ended. */
    async claim(tx: Tx, id: string, seconds: number): Promise<AskedFile | undefined> {
      const [claimed] = await tx.query<AskedFile & Record<string, unknown>>(
        `UPDATE ${work} SET claimed_until = clock_timestamp() + $2 * interval '1 second', written = 0
          WHERE id = $1 AND state = 'running' AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
          RETURNING id, ${about} AS about, user_id AS "userId", org_id AS "orgId", correlation_id AS "correlationId", purpose, path,
            requested_at AS "requestedAt"`,
        [id, seconds],
      );
      return claimed;
    },

    async wrote(tx: Tx, id: string, seconds: number): Promise<void> {
      await tx.execute(
        `UPDATE ${work} SET written = least(written + 1, parts), claimed_until = clock_timestamp() + $2 * interval '1 second'
          WHERE id = $1 AND state = 'running'`,
        [id, seconds],
      );
    },

    async release(tx: Tx, id: string): Promise<void> {
      await tx.execute(`UPDATE ${work} SET claimed_until = NULL WHERE id = $1`, [id]);
    },

    /** The file is whole, and is kept for a while. */
    async finish(tx: Tx, id: string, bytes: Buffer, keptHours: number): Promise<void> {
      const done = await tx.execute(
        `UPDATE ${work} SET state = 'done', version = version + 1, written = parts, bytes = $2, claimed_until = NULL,
                ended_at = clock_timestamp(), expires_at = clock_timestamp() + $3 * interval '1 hour'
          WHERE id = $1 AND state = 'running'`,
        [id, bytes.length, keptHours],
      );
      if (done === 1) await tx.execute(`INSERT INTO ${file} (${key}, bytes) VALUES ($1, $2)`, [id, bytes]);
    },

    /** Ends a file without its bytes, or takes them away. False when that was done already. */
    async end(tx: Tx, id: string, from: FileState, state: FileState, code: string | null = null): Promise<boolean> {
      const done = await tx.execute(
        `UPDATE ${work} SET state = $3, version = version + 1, claimed_until = NULL, code = $4,
                ended_at = coalesce(ended_at, clock_timestamp()) WHERE id = $1 AND state = $2`,
        [id, from, state, code],
      );
      if (done === 1) await tx.execute(`DELETE FROM ${file} WHERE ${key} = $1`, [id]);
      return done === 1;
    },

    /** Files that nobody is at, and those that have been kept long enough. */
    waiting: (tx: Tx): Promise<{ id: string }[]> =>
      tx.query(
        `SELECT id FROM ${work} WHERE state = 'running' AND requested_at < clock_timestamp() - interval '10 seconds'
            AND (claimed_until IS NULL OR claimed_until < clock_timestamp()) ORDER BY requested_at LIMIT 20`,
      ),
    overdue: (tx: Tx): Promise<{ id: string }[]> =>
      tx.query(
        `SELECT id FROM ${work} WHERE state = 'done' AND expires_at <= clock_timestamp() ORDER BY expires_at LIMIT 100`,
      ),
  };
}
export type FileRows = ReturnType<typeof fileRows>;
