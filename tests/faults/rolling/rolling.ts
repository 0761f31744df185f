import { contexts, type ContextName } from '@concordat/contracts';
import { mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { prepareGround } from '../../../tools/services/infrastructure';
import { Fleet, ORDER } from './fleet';
import { isAll, keptOf, type Kept } from './kept';
import { People } from './load';
import type { Version } from './version';

export interface RollingOptions {
  readonly dir: string;
  readonly from: Version;
  readonly to: Version;
  readonly clients: number;
  readonly say: (line: string) => void;
}

/** What came of an upgrade under load. */
export interface Rolled {
  readonly from: string;
  readonly to: string;
  /** Migrations that ran while the version before served. */
  readonly migrations: readonly string[];
  /** Acts that were acknowledged in each stretch of it. */
  readonly acts: Readonly<Record<'before' | 'onTheNewSchema' | 'sideBySide' | 'after', number>>;
  /** Connections that each version's process of each service was given, and those that it ended while an answer was awaited. */
  readonly connections: Fleet['given'];
  readonly told: Readonly<Record<'acts' | 'referrals' | 'accepted' | 'pages' | 'refused' | 'unavailable', number>>;
  readonly cut: readonly string[];
  readonly wrong: readonly string[];
  readonly kept: Kept;
  readonly green: boolean;
}

const STRETCH_MS = 8_000;
/** How long both versions of a service stand beside each other. */
const BESIDE_MS = 3_000;
/** Longer than the addresses take to notice who is not ready, as in the chart. */
const DRAIN_SECONDS = 2;
const PASSWORD = 'only-for-this-throw-away-installation';

/**
 * rollOver runs all services of one version, and under load does what docs/how-to/upgrade.md says: migrates to the next
 * version's schema, then puts a process of the next version beside that of each service and asks the first to stop. Whatever was
 * acknowledged must be there in the end, once; no connection may be cut, nobody may find nobody.
 */
export async function rollOver({ dir, from, to, clients, say }: RollingOptions): Promise<Rolled> {
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  const ground = await prepareGround(dir, {});
  const adminUrl = ground.databaseAdminUrl;
  const migration = {
    ...{ DATABASE_ADMIN_URL: adminUrl, KAFKA_BROKERS: ground.kafkaBrokers },
    ...Object.fromEntries(contexts.map((c) => [`CONCORDAT_ROLE_PASSWORD_${c.toUpperCase()}`, PASSWORD])),
  };
  const databaseUrl = (context: ContextName): string => urlOf(adminUrl, context);
  const fleet = await Fleet.open({ dir, ground, databaseUrl, drainSeconds: DRAIN_SECONDS });
  try {
    from.command('migrate', migration);
    await fleet.start('identity', from);
    await Promise.all(ORDER.slice(1).map((name) => fleet.start(name, from)));
    say(`All services of ${from.name} are ready`);

    const people = new People(fleet.reception);
    await people.arrive();
    let going = true;
    const working = people.work(clients, () => going);
    const acts: Record<string, number> = {};
    const stretch = async (name: keyof Rolled['acts'], happens: () => Promise<unknown>): Promise<void> => {
      const already = people.told.acts.length;
      await Promise.race([happens(), working]);
      acts[name] = people.told.acts.length - already;
      say(`${name}: ${acts[name]} acts acknowledged`);
    };
    await stretch('before', () => delay(STRETCH_MS));

    const written = to.command('migrate', migration);
    const migrations = [...written.matchAll(/^Ran (.+)$/gm)].map((m) => m[1]!);
    say(`${migrations.length} migrations ran`);
    await stretch('onTheNewSchema', () => delay(STRETCH_MS));

    await stretch('sideBySide', async () => {
      for (const name of ORDER) {
        await fleet.start(name, to);
        await delay(BESIDE_MS);
        await fleet.retire(name, from);
        say(`${name}: ${to.name} beside ${from.name}, then alone`);
      }
    });
    await stretch('after', () => delay(STRETCH_MS));
    going = false;
    const { wrong, cut, ...told } = await working;
    const kept = await keptOf(inDatabase(adminUrl), people.told);
    const quiet = cut.length === 0 && told.refused === 0 && wrong.length === 0;
    return {
      ...{ from: from.name, to: to.name, migrations, acts: acts as Rolled['acts'], connections: fleet.given },
      told: { ...told, acts: told.acts.length, referrals: told.referrals.length, accepted: told.accepted.length },
      ...{ cut, wrong, kept, green: quiet && isAll(kept, people.told) },
    };
  } finally {
    await fleet.close();
    await ground.stop();
  }
}

function inDatabase(adminUrl: string): string {
  const url = new URL(adminUrl);
  url.pathname = '/concordat';
  return url.href;
}

/** As whoever deploys writes it (docs/how-to/deploy.md). */
function urlOf(adminUrl: string, context: ContextName): string {
  const url = new URL(inDatabase(adminUrl));
  url.username = `concordat_${context}`;
  url.password = PASSWORD;
  url.searchParams.set('options', `-c search_path=${context},public -c concordat.scope=none`);
  return url.href;
}
