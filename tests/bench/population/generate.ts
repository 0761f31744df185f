import { AuditModule } from '@concordat-app/audit';
import { IdentityModule } from '@concordat-app/identity';
import { InsightModule } from '@concordat-app/insight';
import { RecordsModule } from '@concordat-app/records';
import { ReferralsModule } from '@concordat-app/referrals';
import { RiskModule } from '@concordat-app/risk';
import { ReviewsModule } from '@concordat-app/reviews';
import { SharingModule } from '@concordat-app/sharing';
import type { Tx } from '@concordat/messaging';
import { provision, readSettings, startEmbeddedPostgres } from '@concordat/platform';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Logger } from 'pino';
import type { JobRequest } from '../../../libs/messaging/src/job';
import { EmbeddedJobs } from '../../../libs/messaging/src/jobs/embedded';
import { ThreadedLedger } from './ledger-thread';
import { lives, reading } from './lives';
import { partnership, Staff } from './partnership';
import { populate, type Population } from './populate';

export interface Wanted {
  /** About how many cases. */
  readonly cases: number;
  /** How many entries the ledger has at least; else twelve a case. */
  readonly entries?: number;
  readonly seed: number;
  /** A data folder of the all-in-one, made if missing: it must not hold a database yet. */
  readonly dataDir: string;
}

export const CONTEXTS = [
  IdentityModule,
  ReferralsModule,
  RecordsModule,
  SharingModule,
  RiskModule,
  ReviewsModule,
  InsightModule,
  AuditModule,
].map((m) => m.context);
/** The pack's rules are in force from April 2024. */
const FOUNDED = Date.parse('2024-04-08T08:00:00Z');
const ENTRIES_A_CASE = 12;
/** For loading only; the durability of what is written is the same. */
const LOADING = { max_wal_size: '6GB', checkpoint_timeout: '30min', autovacuum: 'off', shared_buffers: '256MB' };

/** generate makes a data folder with a whole partnership in it, on which the all-in-one can then be started. */
export async function generate({ cases, entries, seed, dataDir }: Wanted): Promise<Population> {
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711);
  const text = partnership(seed);
  const file = join(dataDir, 'partnership.yaml');
  writeFileSync(file, text);
  writeFileSync(join(dataDir, 'demonstration.json'), '{}'); // says that there is nothing more to be played
  const staff = Staff.of(text);
  const env = { CONCORDAT_DATA: dataDir, PARTNERSHIP_FILE: file };
  const settings = readSettings('all-in-one', env);
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), settings: LOADING });
  try {
    if (!postgres.fresh) throw new Error(`${dataDir} holds a database already`);
    const { urlOf, bridgeUrl } = await provision(postgres.adminUrl, CONTEXTS);
    const admin = new URL(postgres.adminUrl);
    admin.pathname = '/concordat';
    const [from, to] = [FOUNDED, Date.now()];
    const ledger = new ThreadedLedger({ env, adminUrl: admin.href });
    const made = await populate(
      { adminUrl: admin.href, settings, file, staff, from, to },
      lives(seed, cases, staff, from, to),
      reading(seed, entries ?? cases * ENTRIES_A_CASE, staff, from, to),
      ledger,
    ).finally(() => ledger.end());
    await ask(bridgeUrl, urlOf('referrals'), made.jobs);
    return made;
  } finally {
    await postgres.stop();
  }
}

/** Asks the queue to tell of deadlines that still lie ahead, as their transactions would have. */
async function ask(bridgeUrl: string, url: string, jobs: readonly JobRequest[]): Promise<void> {
  const quiet = { info() {}, debug() {}, trace() {}, warn() {}, error() {} } as unknown as Logger;
  const queue = new EmbeddedJobs(bridgeUrl, quiet);
  await queue.prepare();
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tx = { query: (sql: string, values: unknown[]) => client.query(sql, values) } as unknown as Tx;
    for (let i = 0; i < jobs.length; i += 500) await queue.add(tx, 'referrals', jobs.slice(i, i + 500));
  } finally {
    await client.end();
  }
}
