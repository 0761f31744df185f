import { hashLeaf, TiledTree } from '@concordat/ledger';
import { run, type AppModule, type Running } from '@concordat/platform';
import { type TestApp } from '@concordat/testing';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** One installation, started and stopped over one database and one data folder. */
export class Installation {
  running: Running;
  readonly folder: string;

  constructor(
    readonly app: TestApp,
    private readonly modules: readonly AppModule[],
  ) {
    this.running = app.running;
    this.folder = join(app.running.settings.dataDir, 'ledger');
  }

  sql: TestApp['sql'] = (text, params) => this.app.sql(text, params);

  async start(): Promise<void> {
    this.running = await run('test', [...this.modules], this.app.running.settings);
  }

  async get(path: string): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.running.url}${path}`);
    return { status: response.status, text: await response.text() };
  }

  async troubles(): Promise<string[]> {
    const { troubles } = JSON.parse((await this.get('/health/ready')).text) as { troubles?: string[] };
    return troubles ?? [];
  }

  signed = async () =>
    (
      await this.sql<{ size: string; note: string }>(
        'SELECT size, note FROM audit.checkpoint ORDER BY size DESC LIMIT 1',
      )
    )[0]!;

  copies = (): { at: string; note: string }[] => {
    const days = join(this.folder, 'checkpoints');
    return readdirSync(days)
      .sort()
      .flatMap((day) =>
        readFileSync(join(days, day), 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as { at: string; note: string }),
      );
  };

  async drop(): Promise<void> {
    await this.app.database.drop();
    rmSync(this.app.running.settings.dataDir, { recursive: true, force: true });
  }
}

/** Makes the database as it was `count` leaves ago, as a restored backup would be. */
export async function cutTail(here: Installation, count: bigint) {
  const tables = [
    'log_state',
    'entry',
    'tile',
    'checkpoint',
    'producer',
    'stream_cursor',
    'detail',
    'trail',
    'mention',
  ];
  for (const t of tables) await here.sql(`CREATE TABLE audit.kept_${t} AS TABLE audit.${t}`);
  const [{ size }] = (await here.sql<{ size: string }>('SELECT size FROM audit.log_state')) as [{ size: string }];
  const cut = BigInt(size) - count;
  const leaves = await here.sql<{ bytes: Buffer }>('SELECT bytes FROM audit.entry WHERE idx < $1 ORDER BY idx', [cut]);
  const tree = TiledTree.empty();
  const tiles = new Map<string, { level: number; index: bigint; data: Buffer }>();
  for (const tile of tree.append(leaves.map((l) => hashLeaf(l.bytes)))) tiles.set(`${tile.level}/${tile.index}`, tile);
  await here.sql('DELETE FROM audit.tile');
  for (const { level, index, data } of tiles.values())
    await here.sql('INSERT INTO audit.tile VALUES ($1, $2, $3)', [level, index, data]);
  for (const t of ['entry', 'detail', 'trail', 'mention'])
    await here.sql(`DELETE FROM audit.${t} WHERE idx >= $1`, [cut]);
  await here.sql('DELETE FROM audit.checkpoint WHERE size > $1', [cut]);
  await here.sql('UPDATE audit.log_state SET size = $1, root = $2', [tree.size, tree.root()]);
  const back = tables.map(
    (t) => `DELETE FROM audit.${t}; INSERT INTO audit.${t} TABLE audit.kept_${t}; DROP TABLE audit.kept_${t};`,
  );
  return { back: back.join('\n'), putBack: () => here.sql(back.join('\n')) };
}
