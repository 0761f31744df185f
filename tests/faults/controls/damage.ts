import { hashLeaf, TiledTree, type TileData } from '@concordat/ledger';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { Platform } from '../platform/platform';

/** What is done by hand to a platform at rest, before the checker looks. */
export type Damage = (platform: Platform, dir: string) => Promise<void>;

async function asSuperuser(platform: Platform, work: (database: Client) => Promise<void>): Promise<void> {
  const database = await platform.database();
  try {
    await database.query('SET session_replication_role = replica'); // past every trigger
    await work(database);
  } finally {
    await database.end();
  }
}

/** One sealed entry says that something else was done. */
export const editOneEntry: Damage = (platform) =>
  asSuperuser(platform, async (database) => {
    const { rowCount } = await database.query(
      `UPDATE audit.entry SET bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '"outcome":"done"', '"outcome":"none"'), 'UTF8')
        WHERE idx = (SELECT max(idx) / 2 FROM audit.entry WHERE convert_from(bytes, 'UTF8') LIKE '%"outcome":"done"%')`,
    );
    if (rowCount !== 1) throw new Error('no entry was edited');
  });

/** How many entries are cut off. */
const CUT = 40n;

/**
 * The last entries are cut off by somebody who can do everything: tree, state, checkpoints and the copies of them beside the
 * database are made as if the log had never been longer. Only what others hold can show it (design/ledger.md §5).
 */
export const cutLastEntries: Damage = async (platform, dir) => {
  const target = platform.parts.has('all-in-one') ? 'all-in-one' : 'audit';
  await platform.children.get(target)!.end('SIGKILL');
  await asSuperuser(platform, async (database) => {
    const { rows } = await database.query<{ bytes: Buffer }>('SELECT bytes FROM audit.entry ORDER BY idx');
    const size = BigInt(rows.length) - CUT;
    const tree = TiledTree.empty();
    const tiles: readonly TileData[] = tree.append(rows.slice(0, Number(size)).map((r) => hashLeaf(r.bytes)));
    for (const table of ['entry', 'detail', 'trail', 'mention'])
      await database.query(`DELETE FROM audit.${table} WHERE idx >= $1`, [size]);
    await database.query('DELETE FROM audit.checkpoint');
    await database.query('TRUNCATE audit.tile');
    for (const { level, index, data } of tiles)
      await database.query('INSERT INTO audit.tile (level, idx, data) VALUES ($1, $2, $3)', [level, index, data]);
    await database.query('UPDATE audit.log_state SET size = $1, root = $2', [size, tree.root()]);
  });
  rmSync(join(dir, 'data', 'ledger', 'checkpoints'), { recursive: true, force: true });
  platform.children.get(target)!.spawn();
  await platform.children.get(target)!.ready();
};

/** Commits are acknowledged before they are on the disk, and stay in memory for long: before the load, from outside. */
export const commitToMemory = (platform: Platform): Promise<void> =>
  asSuperuser(platform, async (database) => {
    for (const role of platform.contexts)
      await database.query(`ALTER ROLE concordat_${role} SET synchronous_commit = off`);
    await database.query(`ALTER SYSTEM SET wal_writer_delay = '10s'`);
    await database.query(`ALTER SYSTEM SET wal_writer_flush_after = '100MB'`);
    await database.query('SELECT pg_reload_conf()');
    await database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'concordat\\_%'`);
  });

/** Some transactions take longer between their outbox row and their commit, as on a busy server. */
export const slowCommits = (platform: Platform): Promise<void> =>
  asSuperuser(platform, async (database) => {
    await database.query(`
      CREATE FUNCTION faults.slow() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF random() < 0.1 THEN PERFORM pg_sleep(0.05); END IF; RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON referrals.outbox DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION faults.slow();`);
  });

/** What is missing looks as if it had been for a while, so that the reconciler need not wait a minute to call it lost. */
export const ageStreams = (platform: Platform): Promise<void> =>
  asSuperuser(platform, async (database) => {
    for (const context of platform.contexts) {
      await database.query(`UPDATE ${context}.stream SET changed_at = changed_at - interval '70 seconds'`);
      // Or it would be older than anything that a consumer looks at again.
      await database.query(`UPDATE ${context}.reconciliation SET changed_since = '-infinity'`);
    }
  });
