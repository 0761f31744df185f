import { contexts } from '@concordat/contracts';
import { Visitors } from '@concordat-app/all-in-one';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { startServices } from '../../tools/services';
import { startAllInOne } from '../../tools/services/all-in-one';
import type { Platform } from '../../tools/services/platform';

/** A Concordat on a throw-away data folder, for a benchmark to press. */
export interface Pressed extends Platform {
  /** An access token of a persona of the demonstration partnership. */
  token(persona: string): Promise<string>;
}

/**
 * Starts one, with the demonstration's people but without its referrals, so that every row counted is the benchmark's; or on
 * the data folder of a population, with that one's people. `more` is added to the environment of its process.
 */
export async function startPlatform(
  mode: 'embedded' | 'services',
  population?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Pressed> {
  const dataDir = population ?? mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  if (!population) {
    chmodSync(dataDir, 0o711);
    writeFileSync(join(dataDir, 'demonstration.json'), '{}'); // says that its referrals have been played
  }
  const env = {
    ...{ LOG_LEVEL: 'error', ...more },
    ...(population ? { PARTNERSHIP_FILE: join(population, 'partnership.yaml') } : {}),
  };
  const platform = await (mode === 'embedded'
    ? startAllInOne({ dataDir, env })
    : startServices({ dataDir, port: 0, env }));
  const visitors = new Visitors(platform);
  return {
    ...platform,
    get adminUrl() {
      return platform.adminUrl;
    },
    token: (persona) => visitors.tokenFor(persona),
    stop: async () => {
      await platform.stop();
      if (!population) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Waits until everything behind a request (relays, projections, search, ledger) has caught up, so that no round pays for another. */
export async function drained(admin: Client): Promise<void> {
  const waiting = contexts.map(
    (context) => `(SELECT count(*) FROM ${context}.outbox WHERE published_at IS NULL)
        + (SELECT count(*) FROM ${context}.act WHERE published_at IS NULL) + (SELECT count(*) FROM ${context}.inbox)`,
  );
  for (;;) {
    const { rows } = await admin.query<{ left: number }>(`SELECT (${waiting.join(' + ')})::int AS left`);
    if (rows[0]!.left === 0) return;
    await new Promise((r) => setTimeout(r, 200));
  }
}

/** The content of the example referral, as every benchmark sends it. */
export const exampleContent = (): unknown =>
  JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8')) as unknown;
