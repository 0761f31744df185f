import { Client, Pool } from 'pg';
import type { Logger } from 'pino';
import { Ephemeral, type Hits } from './ephemeral';
import { Listeners } from './listeners';
import { patiently } from '../patiently';

const NOTIFICATIONS = 'ephemeral';
const SWEEP_MS = 60_000;
const AGAIN_MS = 1_000;

/** Values are logged, so that people stay signed in over a restart; counters are not, so that counting costs little. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS ephemeral.value (
    kind text NOT NULL, key text NOT NULL, value text NOT NULL, until timestamptz NOT NULL, PRIMARY KEY (kind, key));
  CREATE INDEX IF NOT EXISTS value_until ON ephemeral.value (until);
  CREATE UNLOGGED TABLE IF NOT EXISTS ephemeral.counter (
    key text PRIMARY KEY, count int NOT NULL, until timestamptz NOT NULL);
  CREATE INDEX IF NOT EXISTS counter_until ON ephemeral.counter (until);`;

/** Ephemeral state in the schema `ephemeral`, which the role of `url` owns. Live updates go by LISTEN and NOTIFY. */
export class PostgresEphemeral extends Ephemeral {
  private readonly listeners = new Listeners();
  private listening: Promise<Client> | null = null;
  private closed = false;
  private again: NodeJS.Timeout | null = null;
  private readonly sweeper: NodeJS.Timeout;

  private constructor(
    private readonly url: string,
    private readonly pool: Pool,
    private readonly log: Logger,
  ) {
    super();
    this.sweeper = setInterval(() => void this.sweep(), SWEEP_MS);
    this.sweeper.unref();
  }

  static async open(url: string, log: Logger): Promise<PostgresEphemeral> {
    const pool = new Pool({ connectionString: url, max: 4, idleTimeoutMillis: 60_000, connectionTimeoutMillis: 5_000 });
    pool.on('error', (err) => log.warn({ err }, 'ephemeral store: connection lost'));
    try {
      await patiently(() => pool.query(TABLES));
    } catch (error) {
      await pool.end();
      throw error;
    }
    return new PostgresEphemeral(url, pool, log);
  }

  async get(kind: string, key: string): Promise<string | null> {
    const { rows } = await this.pool.query<{ value: string }>(
      'SELECT value FROM ephemeral.value WHERE kind = $1 AND key = $2 AND until > clock_timestamp()',
      [kind, key],
    );
    return rows[0]?.value ?? null;
  }

  async set(kind: string, key: string, value: string, seconds: number): Promise<void> {
    await this.pool.query(
      `INSERT INTO ephemeral.value (kind, key, value, until) VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))
       ON CONFLICT (kind, key) DO UPDATE SET value = EXCLUDED.value, until = EXCLUDED.until`,
      [kind, key, value, seconds],
    );
  }

  async replace(kind: string, key: string, value: string, seconds: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE ephemeral.value SET value = $3, until = clock_timestamp() + make_interval(secs => $4)
       WHERE kind = $1 AND key = $2 AND until > clock_timestamp()`,
      [kind, key, value, seconds],
    );
    return rowCount === 1;
  }

  /** The primary key begins with the kind, so that whatever is kept is found by it. */
  setAmong(kind: string, key: string, value: string, seconds: number): Promise<void> {
    return this.set(kind, key, value, seconds);
  }

  async among(kind: string): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ value: string }>(
      'SELECT value FROM ephemeral.value WHERE kind = $1 AND until > clock_timestamp()',
      [kind],
    );
    return rows.map(({ value }) => value);
  }

  async take(kind: string, key: string): Promise<string | null> {
    const { rows } = await this.pool.query<{ value: string; live: boolean }>(
      'DELETE FROM ephemeral.value WHERE kind = $1 AND key = $2 RETURNING value, until > clock_timestamp() AS live',
      [kind, key],
    );
    return rows[0]?.live ? rows[0].value : null;
  }

  async remove(kind: string, key: string): Promise<void> {
    await this.pool.query('DELETE FROM ephemeral.value WHERE kind = $1 AND key = $2', [kind, key]);
  }

  async hit(key: string, seconds: number): Promise<Hits> {
    const { rows } = await this.pool.query<{ count: number; left: number }>(
      `INSERT INTO ephemeral.counter AS c (key, count, until) VALUES ($1, 1, clock_timestamp() + make_interval(secs => $2))
       ON CONFLICT (key) DO UPDATE SET
         count = CASE WHEN c.until > clock_timestamp() THEN c.count + 1 ELSE 1 END,
         until = CASE WHEN c.until > clock_timestamp() THEN c.until ELSE EXCLUDED.until END
       RETURNING count, ceil(extract(epoch FROM until - clock_timestamp()))::int AS left`,
      [key, seconds],
    );
    return { count: rows[0]!.count, resetSeconds: Math.max(1, rows[0]!.left) };
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.pool.query('SELECT pg_notify($1, $2)', [NOTIFICATIONS, JSON.stringify([channel, message])]);
  }

  async subscribe(channel: string, heard: (message: string) => void): Promise<() => Promise<void>> {
    await this.listen();
    const stop = this.listeners.add(channel, heard);
    return async () => stop();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.sweeper);
    if (this.again) clearTimeout(this.again);
    const client = await this.listening?.catch(() => null);
    await client?.end().catch(() => undefined);
    await this.pool.end();
  }

  /** One connection for all channels, taken up again when it is lost. */
  private listen(): Promise<Client> {
    this.listening ??= this.connect();
    this.listening.catch(() => (this.listening = null));
    return this.listening;
  }

  private async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.url });
    client.on('error', (err) => {
      this.log.warn({ err }, 'ephemeral store: live updates interrupted');
      this.listening = null;
      this.listenAgain();
    });
    client.on('notification', ({ payload }) => {
      const [channel, message] = JSON.parse(payload ?? '[]') as [string, string];
      this.listeners.tell(channel, message);
    });
    await client.connect();
    await client.query(`LISTEN ${NOTIFICATIONS}`);
    return client;
  }

  private listenAgain(): void {
    this.again ??= setTimeout(() => {
      this.again = null;
      if (!this.closed) this.listen().catch(() => this.listenAgain());
    }, AGAIN_MS).unref();
  }

  private async sweep(): Promise<void> {
    try {
      await this.pool.query('DELETE FROM ephemeral.value WHERE until < clock_timestamp()');
      await this.pool.query('DELETE FROM ephemeral.counter WHERE until < clock_timestamp()');
    } catch (err) {
      this.log.warn({ err }, 'ephemeral store: not swept');
    }
  }
}
