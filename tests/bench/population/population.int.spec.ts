import { AuditModule } from '@concordat-app/audit';
import { IdentityModule } from '@concordat-app/identity';
import { InsightModule } from '@concordat-app/insight';
import { RecordsModule } from '@concordat-app/records';
import { ReferralsModule } from '@concordat-app/referrals';
import { RiskModule } from '@concordat-app/risk';
import { ReviewsModule } from '@concordat-app/reviews';
import { SharingModule } from '@concordat-app/sharing';
import { provision, readSettings, run, type Running, type Settings } from '@concordat/platform';
import { eventually, testDatabase, type TestDatabase } from '@concordat/testing';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { PeersStandIn } from '../../../apps/records/src/opened.testing';
import { machine } from '../../../tools/verify-ledger/host';
import { main as verifyLedger } from '../../../tools/verify-ledger/main';
import { Random } from '../../faults/random';
import type { Life } from './living';
import { OverHttp } from './over-http.testing';
import { partnership, Staff } from './partnership';
import { history } from './plan';
import { populate, type Population } from './populate';
import { actions, definitions, profile, sequences } from './profile.testing';
import type { Step, Subject, TriageStep } from './steps';

const MODULES = [
  ...[IdentityModule, ReferralsModule, RecordsModule, SharingModule, RiskModule, ReviewsModule],
  InsightModule,
  AuditModule,
];
const CONTEXTS = MODULES.map((m) => m.context);
const SEED = 23;
const REFERRALS = 24;
const text = partnership(SEED);
const staff = Staff.of(text);

/** A platform with a database and a data folder of its own, of the generated partnership. */
interface Site {
  readonly database: TestDatabase;
  readonly settings: Settings;
  readonly client: Client;
  running?: Running;
}

async function site(urls = ''): Promise<Site> {
  const prepare = async (url: string): Promise<void> =>
    void (await provision(url, CONTEXTS, new URL(url).pathname.slice(1)));
  const database = await testDatabase(prepare, 'population');
  const data = mkdtempSync(join(tmpdir(), 'concordat-population-'));
  chmodSync(data, 0o700);
  const file = join(data, 'partnership.yaml');
  writeFileSync(file, text);
  const settings = readSettings('test', {
    ...{ NODE_ENV: 'test', PORT: '0', LOG_LEVEL: 'error', CONCORDAT_DATA: data },
    ...{ DATABASE_ADMIN_URL: database.adminUrl, PARTNERSHIP_FILE: file },
    ...(urls ? { CONCORDAT_URLS: urls } : {}),
  });
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  return { database, settings, client };
}

async function end(it: Site | undefined): Promise<void> {
  await it?.running?.stop();
  await it?.client.end();
  await it?.database.drop();
  if (it) rmSync(it.settings.dataDir, { recursive: true, force: true });
}

/** Two dozen referrals, one after another, each with everything that happens to it within seconds. */
function script(): Step[][] {
  const random = new Random(SEED);
  const all = Array.from({ length: REFERRALS }, () => history(random, staff, new Date()).map((p) => p.step));
  const [first] = all[0] as [Step & { do: 'submit' }];
  const lead = staff.lead(random, staff.leads.get(first.content['area'] as string)!, first.content['area'] as string);
  const { name } = (first.content['people'] as { name: { family: string } }[])[0]!;
  const harbourside = staff.file.areas.find((a) => a.code === 'harbourside')!.id;
  all.push([{ ...first, content: { ...first.content, area: harbourside } }]); // nobody has looked at this one yet
  const again = { outcome: 'no-further-action', reason: 'no-risk-found', rationale: 'Nobody was seen.' };
  const doing = (what: TriageStep, body: Record<string, unknown>): Step => ({ do: what, by: lead, body });
  all.push([
    first,
    ...[doing('rate', { colour: 'green' }), doing('decide', again)],
    ...[
      doing('reopen', { reason: 'new-incident', rationale: 'It happened again.' }),
      doing('rate', { colour: 'amber', rationale: 'It happened again.' }),
    ],
    doing('decide', { outcome: 'accept' }),
  ]);
  all.push([...all[0]!.slice(0, 3), { do: 'search', by: lead, q: name.family }, { do: 'list-cases', by: lead }]);
  return all;
}

/** Waits until nothing is on its way any more: every event applied, every act sealed. */
async function atRest({ client }: Site): Promise<void> {
  const open = ['identity', 'referrals', 'records', 'insight', 'audit'].map(
    (c) =>
      `(SELECT count(*) FROM ${c}.outbox WHERE published_at IS NULL) + (SELECT count(*) FROM ${c}.act WHERE published_at IS NULL) + (SELECT count(*) FROM ${c}.inbox)`,
  );
  await eventually(
    async () => {
      const { rows } = await client.query<{ n: string }>(`SELECT ${open.join(' + ')} AS n`);
      return rows[0]!.n === '0';
    },
    { timeoutMs: 20_000 },
  );
}

/** Waits until every context knows who belongs to the partnership. */
async function membersKnown({ client }: Site): Promise<void> {
  const counted = ['referrals', 'records', 'insight', 'audit'].map((c) => `(SELECT count(*) FROM ${c}.member)`);
  const all = `SELECT count(*) > 0 AND count(*) = ALL (ARRAY[${counted.join(', ')}]) AS known FROM identity.membership`;
  await eventually(async () => (await client.query<{ known: boolean }>(all)).rows[0]!.known, { timeoutMs: 20_000 });
}

describe('a population made in bulk', () => {
  let real: Site;
  let bulk: Site;
  let made: Population;
  let http: OverHttp;
  const decisions = new PeersStandIn();

  beforeAll(async () => {
    // No agreements are made here: whether an agency may join a case is answered by a stand-in, on either side.
    const [, sharing] = (await decisions.start()).split(',');
    real = await site(sharing);
    real.running = await run('test', MODULES, real.settings);
    const over = new OverHttp(real.running, staff, real.client);
    await membersKnown(real);
    await atRest(real);
    for (const steps of script()) {
      const subject: Subject = { id: '', version: 0, caseId: null };
      for (const step of steps) {
        if (step.do === 'search') await atRest(real); // what is looked for has been made findable
        await over.take(subject, step);
      }
    }
    await atRest(real);

    bulk = await site();
    const to = Date.now();
    const from = to - 3_600_000;
    const lives = script().map((steps, i): Life => {
      return { at: from + 60_000 * (i + 1), steps: steps.map((step, n) => ({ after: n * 1_000, step })) };
    });
    const ground = { adminUrl: bulk.database.adminUrl, settings: bulk.settings, file: bulk.settings.PARTNERSHIP_FILE! };
    made = await populate({ ...ground, staff, from, to }, lives);
  }, 120_000);
  afterAll(async () => {
    await end(real);
    await end(bulk);
    await decisions.stop();
  });

  it('has taken every kind of step', () => {
    const kinds = new Set(script().flatMap((steps) => steps.map((s) => s.do)));
    const wanted =
      'submit,view,list,rate,assign,note,request,answer,decide,feedback,reopen,withdraw,view-case,list-cases,join,leave,search';
    expect(wanted.split(',').filter((k) => !kinds.has(k as Step['do']))).toEqual([]);
  });

  it('has the same acts as what was done over HTTP', async () => {
    expect(await actions(bulk.client)).toEqual(await actions(real.client));
  });

  it('has the same rows in every table, filled alike, and everything in them of the same shape', async () => {
    const [is, was] = [await profile(bulk.client), await profile(real.client)];
    // How long cases are kept is calculated by a sweep, whenever the platform runs: it may have, or not yet.
    for (const [table, expected] of Object.entries(was).filter(([name]) => name !== 'records.retention'))
      expect({ [table]: is[table] }).toEqual({ [table]: expected });
  });

  it('has the same constraints, indexes and policies, all of them valid, and its sequences where they belong', async () => {
    expect(await definitions(bulk.client)).toEqual(await definitions(real.client));
    const [is, was] = [await sequences(bulk.client), await sequences(real.client)];
    for (const name of [
      'referrals.reference_block',
      'records.case_serial',
      'records.timeline_seq_seq',
      'referrals.outbox_seq_seq',
    ])
      expect({ [name]: is[name] }).toEqual({ [name]: was[name] });
  });

  it('leaves the same deadlines to the queue', async () => {
    const { rows } = await real.client.query<{ key: string }>(
      'SELECT job_key AS key FROM referrals.job_outbox UNION ALL SELECT key FROM jobs._private_jobs WHERE key IS NOT NULL',
    );
    expect(made.jobs).toHaveLength(rows.length);
  });

  describe('once the platform runs on it', () => {
    const amina = staff.named('amina');

    beforeAll(async () => {
      bulk.running = await run('test', MODULES, bulk.settings);
      http = new OverHttp(bulk.running, staff, bulk.client);
      await membersKnown(bulk);
    });

    it('is ready, and nobody has anything to heal or to mend', async () => {
      const response = await fetch(`${bulk.running!.url}/health/ready`);
      expect(await response.json()).toEqual({ status: 'ready' });
      for (const context of ['identity', 'referrals', 'records', 'insight', 'audit']) {
        const { rows } = await bulk.client.query<{ n: string }>(
          `SELECT coalesce(sum(healed), 0) + (SELECT count(*) FROM ${context}.stream_cursor WHERE parked_reason IS NOT NULL) AS n FROM ${context}.reconciliation`,
        );
        expect(rows[0]!.n).toBe('0');
      }
    });

    it('has a ledger that the offline verifier accepts whole', async () => {
      await atRest(bulk);
      const erin = staff.named('erin');
      const answer = await http.answer(erin, 'POST', '/api/audit/exports', { body: { all: true } });
      const folder = bulk.settings.dataDir;
      writeFileSync(join(folder, 'export.jsonl'), await answer.text());
      writeFileSync(join(folder, 'policy'), await (await fetch(`${bulk.running!.url}/api/audit/policy`)).text());
      const printed: string[] = [];
      const host = { ...machine, print: (line: string) => void printed.push(line) };
      const code = await verifyLedger(
        [join(folder, 'export.jsonl'), '--policy', join(folder, 'policy'), '--json'],
        host,
      );
      expect({ code, report: printed.join('\n') }).toEqual({ code: 0, report: expect.stringContaining('"PROVEN"') });
    });

    it('lets its referrals be worked on: read, rated, accepted, and the case read', async () => {
      const { rows } = await bulk.client.query<{ id: string; version: number }>(
        `SELECT id, version FROM referrals.referral WHERE status = 'received' AND receiving_org = $1`,
        [amina.orgId],
      );
      const subject: Subject = { ...rows[0]!, caseId: null };
      const by = amina;
      for (const step of [
        { do: 'view', by },
        { do: 'rate', by, body: { colour: 'red' } },
        { do: 'note', by, body: { text: 'Generated, and worked on.' } },
        { do: 'decide', by, body: { outcome: 'accept' } },
        { do: 'view-case', by },
      ] as Step[])
        await http.take(subject, step);
    });

    it('shows a generated case to those who take part in it, and to nobody else', async () => {
      const { rows } = await bulk.client.query<{ id: string; name: string }>(
        'SELECT c.id, subject_name AS name FROM records.case_file c WHERE lead_org = $1 LIMIT 1',
        [amina.orgId],
      );
      const path = `/api/records/cases/${rows[0]!.id}`;
      const found = await http.ask<{ subjectName: string; people: unknown[] }>(amina, 'GET', path);
      expect(found).toMatchObject({ subjectName: rows[0]!.name, people: expect.arrayContaining([expect.anything()]) });
      const hidden = staff.named('westmoor-council-4');
      expect((await http.answer(hidden, 'GET', path)).status).toBe(404);
    });

    it('answers a command of the past, sent again under its key, as it did then', async () => {
      const noted = script()
        .flat()
        .find((s): s is Step & { do: 'note' } => s.do === 'note')!;
      const { rows } = await bulk.client.query<{ key: string; reply: { value: Subject; receipt: object } }>(
        `SELECT key, reply FROM referrals.idempotency i JOIN referrals.referral r ON r.id = (i.reply #>> '{value,id}')::uuid
          WHERE r.entries @> $1 AND (i.reply #>> '{value,version}')::int =
                (SELECT (e ->> 'version')::int FROM jsonb_array_elements(r.entries) e WHERE e ->> 'text' = $2)`,
        [JSON.stringify([{ what: 'noted', by: noted.by.id, text: noted.body['text'] }]), noted.body['text']],
      );
      const { key, reply } = rows[0]!;
      const { id, version } = reply.value;
      const again = await http.ask<Record<string, unknown>>(noted.by, 'POST', `/api/referrals/${id}/notes`, {
        ...{ key, body: noted.body, version: version - 1 },
      });
      expect(again).toEqual({ ...reply.value, receipt: reply.receipt });
    });
  });
});
