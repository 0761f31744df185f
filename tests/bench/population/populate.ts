import 'reflect-metadata';
import { contexts, type ContextName } from '@concordat/contracts';
import { actStream } from '@concordat/messaging';
import { localSecrets, type ProcessInfo, type Settings } from '@concordat/platform';
import { Client } from 'pg';
import { Details } from '../../../apps/audit/src/details';
import { Heartbeat } from '../../../apps/audit/src/ledger/heartbeat';
import { Log } from '../../../apps/audit/src/log';
import { Memberships } from '../../../apps/identity/src/memberships.repository';
import { Organisations } from '../../../apps/identity/src/organisations.repository';
import { PartnershipLoader } from '../../../apps/identity/src/partnership/partnership-loader';
import { readPartnership } from '../../../apps/identity/src/partnership/partnership';
import { indexEverything } from '../../../apps/records/src/search/search-index';
import { PacksTaken } from '../../../apps/referrals/src/packs/packs-taken';
import { Practice } from '../../../apps/referrals/src/practice';
import type { JobRequest } from '../../../libs/messaging/src/job';
import { Bulk } from './bulk';
import { BulkUnit } from './bulk-unit';
import { Clock } from './clock';
import { Copying } from './copy';
import { without } from './indexes';
import { Ledger, type LedgerWriter } from './ledger';
import type { Staff } from './partnership';
import { live, type Life, type Meanwhile } from './living';
import { RecordsMemory } from './records-memory';
import { Ladders } from '../../../apps/notifications/src/ladders';
import { Practice as MessagePractice } from '../../../apps/notifications/src/message-practice';
import { NotificationsMemory } from './notifications-memory';
import { InsightMemory } from './insight-memory';
import { RiskMemory } from './risk-memory';
import { ReferralsMemory } from './referrals-memory';
import { Statements, strings, type Answers } from './statements';

/** Where a partnership is to be put, and who it is. */
export interface Ground {
  /** The database, provisioned and empty, as its superuser. */
  readonly adminUrl: string;
  readonly settings: Settings;
  /** Path of the partnership's file. */
  readonly file: string;
  readonly staff: Staff;
  /** When it was founded, and when it is now. */
  readonly from: number;
  readonly to: number;
}

/** What was made. */
export interface Population {
  readonly cases: number;
  readonly entries: number;
  /** Rows written, by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Deadlines that still lie ahead: what the queue is to be asked for. */
  readonly jobs: readonly JobRequest[];
}

/**
 * populate makes a partnership with its whole past in an empty database: everything that its services, its relays, its
 * receivers and its ledger would have left. `lives` are drawn one after another, in the order of their times; after each
 * step `meanwhile` may add others of its own. `ledger` is where acts are sealed, if it is not here.
 */
export async function populate(
  ground: Ground,
  lives: Iterable<Life>,
  meanwhile: Meanwhile = () => Promise.resolve(),
  ledger?: LedgerWriter,
): Promise<Population> {
  const client = new Client({ connectionString: ground.adminUrl });
  await client.connect();
  const loading = new Client({ connectionString: ground.adminUrl });
  await loading.connect();
  try {
    await loading.query('SET synchronous_commit = off; SET statement_timeout = 0');
    await client.query('SET statement_timeout = 0');
    let made: Population | undefined;
    await without(client, async () => {
      made = await fill({ ground, client, copying: new Copying(loading) }, lives, meanwhile, ledger);
    });
    await client.query('SET search_path = records, public');
    await indexEverything(async (sql, params) => (await client.query(sql, params)).rows as never[]);
    await client.query('RESET search_path');
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
    return made!;
  } finally {
    await loading.end();
    await client.end();
  }
}

interface Filling {
  readonly ground: Ground;
  readonly client: Client;
  readonly copying: Copying;
}

async function fill(
  { ground, client, copying }: Filling,
  lives: Iterable<Life>,
  meanwhile: Meanwhile,
  given?: LedgerWriter,
): Promise<Population> {
  const { settings, staff } = ground;
  const secret = (purpose: string): string => localSecrets(settings.dataDir).of(purpose);
  const detailKey = Buffer.from(secret('audit-detail'), 'base64url');
  const clock = new Clock(ground.from);
  const log = new Log(settings);
  const details = new Details(settings, { secret } as ProcessInfo);
  const ledger = given ?? new Ledger(log, details, detailKey, copying, client);
  const referrals = new ReferralsMemory(staff, copying, clock);
  const records = new RecordsMemory(copying);
  const risk = new RiskMemory(copying);
  const notifications = new NotificationsMemory(staff, copying);
  const insight = new InsightMemory(copying);
  const link = copying.into('audit.case_link', 'case_id, referral_id');
  const answers: Readonly<Record<ContextName, Answers>> = {
    identity: { named: {} },
    referrals: referrals.answers,
    records: records.answers,
    sharing: { named: {} },
    risk: risk.answers,
    reviews: { named: {} },
    notifications: notifications.answers,
    insight: { named: {} },
    audit: {
      named: {
        'link-cases': ([cases, from]) => {
          strings(cases).forEach((id, i) => link(id, strings(from)[i]!));
          return strings(cases).length;
        },
      },
    },
  };
  const statements = byContext((context) => new Statements(answers[context]));
  const jobs: JobRequest[] = [];
  const published: { hear?: Bulk['receivers'] } = {};
  const units = byContext(
    (context) =>
      new BulkUnit({
        ...{ context, clock, copying, ledger, detailKey, statements: statements[context] },
        published: (source, event) => published.hear!.hear(source, event),
        asked: (job) => void jobs.push(job),
      }),
  );
  const practice = new Practice(settings);
  const bulk = new Bulk(
    units,
    clock,
    { referrals, records, risk, notifications, insight },
    practice,
    new Ladders(settings),
    new MessagePractice(settings),
    copying,
  );
  published.hear = bulk.receivers;
  await founded(ground, { units, bulk, practice, log, statements }, client);
  await live({ bulk, clock, ledger, copying, records, jobs, until: ground.to }, lives, meanwhile);
  bulk.settleAll();
  const sealed = await ledger.close();
  await copying.flush();
  await numbered(ground, client, { units, bulk, referrals, records });
  return {
    cases: records.cases.length,
    entries: Number(ledger.entries),
    rows: Object.fromEntries([...copying.counts, ...sealed]),
    jobs: jobs.filter((j) => j.runAt.getTime() > ground.to),
  };
}

interface Founding {
  readonly units: Readonly<Record<ContextName, BulkUnit>>;
  readonly bulk: Bulk;
  readonly practice: Practice;
  readonly log: Log;
  readonly statements: Readonly<Record<ContextName, Statements>>;
}

/** The partnership is loaded and its pack taken up, every context learns of it, and the log says under which key it signs. */
async function founded(
  ground: Ground,
  { units, bulk, practice, log, statements }: Founding,
  client: Client,
): Promise<void> {
  for (const context of contexts) {
    const real = new Client({ connectionString: ground.adminUrl, options: `-c search_path=${context},public` });
    await real.connect();
    statements[context].real = real;
  }
  const nothing = { pool: () => ({ query: () => Promise.resolve({ rows: [], rowCount: 0 }) }) };
  const at = new Date(ground.from);
  const registers = [new Organisations(), new Memberships()] as const;
  await new PartnershipLoader(units.identity as never, nothing as never, ...registers).load(
    readPartnership(ground.file),
  );
  await new PacksTaken(units.referrals as never, practice, { add: () => undefined } as never).takeUp();
  await client.query('UPDATE audit.log_state SET origin = $1, epoch = 1', [log.origin]);
  await new Heartbeat(log, units.audit as never, nothing as never).recordKey();
  await bulk.receivers.drain();
  await client.query('UPDATE audit.log_key SET since = $1', [at]);
  for (const context of contexts) {
    await statements[context].real!.end();
    statements[context].real = null;
  }
}

interface Numbered {
  readonly units: Readonly<Record<ContextName, BulkUnit>>;
  readonly bulk: Bulk;
  readonly referrals: ReferralsMemory;
  readonly records: RecordsMemory;
}

/** What a history leaves in single rows: the numbers that were given out, and that everything has been compared. */
async function numbered(ground: Ground, client: Client, { units, bulk, referrals, records }: Numbered): Promise<void> {
  if (referrals.blocks > 0n)
    await client.query(`SELECT setval('referrals.reference_block', $1, true)`, [1n + (referrals.blocks - 1n) * 100n]);
  if (records.serial > 0n) await client.query(`SELECT setval('records.case_serial', $1, true)`, [records.serial]);
  for (const context of contexts) {
    await client.query(`UPDATE ${context}.relay_lease SET epoch = 1, act_seq = $1`, [units[context].acted]);
    const acts = context === 'audit' ? contexts.reduce((sum, c) => sum + units[c].acted, 0n) : 0n;
    const received = BigInt(bulk.receivers.received(context)) + acts;
    if (received > 0n) await client.query(`SELECT setval('${context}.inbox_seq_seq', $1, true)`, [received]);
    await client.query(
      `INSERT INTO ${context}.reconciliation (source, checked_at, changed_since) SELECT s, $2, $2 FROM unnest($1::text[]) s`,
      [bulk.receivers.sourcesOf(context), new Date(ground.to)],
    );
    if (units[context].acted === 0n) continue;
    await client.query('INSERT INTO audit.stream_cursor (source, stream_id, last_version) VALUES ($1, $2, $3)', [
      `${context}.acts`,
      actStream(context),
      units[context].acted,
    ]);
  }
}

const byContext = <T>(make: (context: ContextName) => T): Readonly<Record<ContextName, T>> =>
  Object.fromEntries(contexts.map((c) => [c, make(c)])) as Record<ContextName, T>;
