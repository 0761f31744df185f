import { Client } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { startServices } from '../../../tools/services/start';
import { refer } from './load';

/** What came of going round: `kept` are acknowledged referrals that are there once, with their event and their entry. */
export interface RolledRound {
  readonly services: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  readonly kept: number;
  readonly twice: number;
  readonly refused: number;
  readonly cut: number;
  readonly unavailable: number;
  readonly wrong: readonly string[];
  readonly green: boolean;
}

const BETWEEN_MS = 2_000;
const SETTLES_MS = 120_000;

/**
 * rollRound runs the services and, under load, asks one after another to stop and starts it again, as an upgrade does. Every
 * request that was acknowledged must be there in the end, once, and no request that was being answered may be cut.
 */
export async function rollRound(dataDir: string, clients: number, say: (line: string) => void): Promise<RolledRound> {
  // As the chart has it: time to be told, on the next answer, that this connection will not be there for another.
  const env = { LOG_LEVEL: 'error', NODE_ENV: 'development', DRAIN_SECONDS: '1' };
  const platform = await startServices({ dataDir, port: 0, env });
  try {
    let going = true;
    const loading = refer(platform, clients, () => going);
    await delay(BETWEEN_MS);
    const services: Record<string, number> = {};
    // As docs/how-to/upgrade.md has it: those that are asked before those that ask.
    for (const name of platform.processes) {
      const began = performance.now();
      await platform.kill(name, 'SIGTERM');
      await platform.start(name).catch(() => platform.start(name));
      services[name] = Math.round(performance.now() - began);
      say(`${name} went and was ready again after ${services[name]} ms`);
      await delay(BETWEEN_MS);
    }
    going = false;
    const told = await loading;
    const { acknowledged, ...rest } = told;
    say(
      `${acknowledged.length} acknowledged; sent again: ${rest.refused} not taken, ${rest.unavailable} told to come back, ${rest.cut} cut`,
    );
    const found = await keptIn(platform.adminUrl, acknowledged);
    const green = found.kept === acknowledged.length && found.twice === 0 && rest.cut === 0 && rest.wrong.length === 0;
    return { services, acknowledged: acknowledged.length, ...found, ...rest, green };
  } finally {
    await platform.stop();
  }
}

/** Looks until everything has come to rest, or for two minutes. */
async function keptIn(adminUrl: string, acknowledged: readonly { auditId: string; id: string }[]) {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const ids = acknowledged.map((a) => a.id);
  const acts = acknowledged.map((a) => a.auditId);
  try {
    for (const until = Date.now() + SETTLES_MS; ; await delay(500)) {
      const { rows } = await client.query<{ kept: number; twice: number }>(
        `SELECT (SELECT count(*)::int FROM unnest($1::uuid[], $2::uuid[]) AS a(id, act)
                  WHERE EXISTS (SELECT 1 FROM referrals.outbox o WHERE o.stream_id = a.id AND o.published_at IS NOT NULL)
                    AND EXISTS (SELECT 1 FROM referrals.act t WHERE t.event_id = a.act AND t.published_at IS NOT NULL)
                    AND EXISTS (SELECT 1 FROM audit.entry r WHERE r.event_id = a.act)) AS kept,
                (SELECT count(*)::int FROM referrals.outbox o WHERE o.stream_id <> ALL ($1) AND o.stream_version = 1
                    AND o.created_at > now() - interval '1 hour') AS twice`,
        [ids, acts],
      );
      if (rows[0]!.kept === acknowledged.length || Date.now() > until) return rows[0]!;
    }
  } finally {
    await client.end();
  }
}
