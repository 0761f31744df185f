import { newId } from '@concordat/contracts';
import { join } from 'node:path';
import { Client } from 'pg';
import { closedLoop, median, round, share, type Outcome } from '../load';
import { drained, exampleContent, startPlatform, type Pressed } from '../platform';
import type { Result } from '../result';
import { arithmetic } from './arithmetic';
import { arriving } from './arriving';

const CLIENTS = 8;
const ROUNDS = 3;
const SECONDS = 6;
const RATE = 3_000;
const ARRIVING_SECONDS = 20;
/** What the machine did that the goals were set on: a Merkle tree alone, and proofs of twenty hashes. */
const LIMITS = { leavesPerSecond: 600_000, proofsPerSecond: 79_000 } as const;

/**
 * What the ledger costs: its arithmetic on one core; how soon a signed checkpoint covers what arrives, at 3,000 acts a second;
 * and referrals accepted through full HTTP with audit beside the same without it, two platforms in turns.
 */
export async function ledger(): Promise<Result> {
  const sums = await arithmetic();
  const [audited, bare] = [await startPlatform('embedded'), await startPlatform('embedded', undefined, WITHOUT)];
  const [admin, other] = [audited, bare].map((p) => new Client({ connectionString: p.adminUrl })) as [Client, Client];
  try {
    await Promise.all([admin.connect(), other.connect()]);
    const [accepts, acceptsBare] = [await accepting(audited), await accepting(bare)];
    for (const accept of [accepts, acceptsBare]) await accept(3); // warm
    const [withAudit, without]: Outcome[][] = [[], []];
    for (let i = 0; i < ROUNDS; i++) {
      await Promise.all([drained(admin), drained(other)]);
      withAudit!.push(await accepts(SECONDS));
      await Promise.all([drained(admin), drained(other)]);
      without!.push(await acceptsBare(SECONDS));
    }
    await assertAudited(admin, other, withAudit!, without!);
    await other.end();
    await bare.stop();
    await drained(admin);
    const soon = await arriving(audited, admin, RATE, ARRIVING_SECONDS);
    const perSecond = (outcomes: readonly Outcome[]): number => round(median(outcomes.map((o) => o.perSecond)));
    return {
      name: 'ledger',
      metrics: {
        ...{ leavesPerSecond: Math.round(sums.leaves), sealedPerSecond: Math.round(sums.sealed) },
        ...{ proofsPerSecond: Math.round(sums.proofs), proofsOfAnyPerSecond: Math.round(sums.proofsOfAny) },
        arrivedPerSecond: Math.round(soon.perSecond),
        ...{
          checkpointP50ms: soon.p50,
          checkpointP95ms: soon.p95,
          checkpointP99ms: soon.p99,
          checkpointMaxMs: soon.max,
        },
        ...{ withAuditPerSecond: perSecond(withAudit!), withoutAuditPerSecond: perSecond(without!) },
      },
      baseline: LIMITS,
      ratio: {
        withAudit: share(perSecond(withAudit!), perSecond(without!)),
        proofs: share(sums.proofs, LIMITS.proofsPerSecond),
      },
    };
  } finally {
    for (const client of [admin, other]) await client.end().catch(() => undefined);
    for (const platform of [audited, bare]) await platform.stop();
  }
}

const WITHOUT = { NODE_OPTIONS: `--require ${join(__dirname, 'without-audit.js')}` };

/** Referrals made by eight clients, for so many seconds. */
async function accepting(platform: Pressed): Promise<(seconds: number) => Promise<Outcome>> {
  const token = await platform.token('hana');
  const body = JSON.stringify({ content: exampleContent() });
  const headers = () => ({ authorization: `Bearer ${token}`, 'idempotency-key': newId() });
  const shot = () => ({ method: 'POST', path: '/api/referrals', headers: headers(), body });
  return (seconds) => closedLoop(platform.urlOf(''), CLIENTS, seconds, shot);
}

/** Throws unless every referral of the one has its act, and none of the other. */
async function assertAudited(admin: Client, bare: Client, withAudit: Outcome[], without: Outcome[]): Promise<void> {
  const acts = async (client: Client): Promise<number> =>
    (await client.query<{ n: number }>('SELECT count(*)::int AS n FROM referrals.act')).rows[0]!.n;
  const done = withAudit.reduce((sum, o) => sum + o.done, 0);
  if ((await acts(admin)) < done)
    throw new Error(`${done} referrals were accepted and ${await acts(admin)} acts are there`);
  if ((await acts(bare)) > 0 || without.every((o) => o.done === 0)) throw new Error('acts were written without audit');
}
