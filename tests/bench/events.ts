import { newId } from '@concordat/contracts';
import { Client } from 'pg';
import { Connection, openLoop, round, summary, type Shot } from './load';
import { drained, exampleContent, startPlatform, type Pressed } from './platform';
import type { Result } from './result';

/** Each acceptance is four events between contexts: accepted, case opened, and access changed for two agencies. */
const EVENTS_PER_ACCEPTANCE = 4;
const PER_SECOND = 200 / EVENTS_PER_ACCEPTANCE;
const SECONDS = 20;

/**
 * From the commit of an acceptance in referrals to the commit of the case in records: relay, transport, inbox, the claim
 * check over HTTP, the worker's transaction: the slowest of the four events. 200 events a second, from acceptances that
 * arrive on time whatever became of those before.
 */
export async function events(mode: 'embedded' | 'services'): Promise<Result> {
  const platform = await startPlatform(mode);
  try {
    return await measure(mode === 'embedded' ? 'events' : 'events-kafka', platform);
  } finally {
    await platform.stop();
  }
}

async function measure(name: string, platform: Pressed): Promise<Result> {
  const url = platform.urlOf('/api/referrals').replace('/api/referrals', '');
  const admin = new Client({ connectionString: platform.adminUrl });
  await admin.connect();
  try {
    const referrer = await platform.token('hana');
    const lead = await platform.token('amina');
    const warm = await accepted(url, referrer, lead, 200);
    await openLoop(url, PER_SECOND, warm);
    await applied(admin, 200);
    const shots = await accepted(url, referrer, lead, PER_SECOND * SECONDS);
    await drained(admin); // what the preparation left to do is not part of the rate that is measured
    const { rows: mark } = await admin.query<{ at: Date }>('SELECT clock_timestamp() AS at');
    const sent = await openLoop(url, PER_SECOND, shots);
    await applied(admin, 200 + shots.length);
    const { rows } = await admin.query<{ ms: string }>(
      `SELECT extract(epoch FROM c.created_at - a.created_at) * 1000 AS ms
         FROM referrals.outbox a JOIN records.outbox c
           ON c.stream_id = (convert_from(a.body, 'UTF8')::jsonb #>> '{data,caseId}')::uuid AND c.stream_version = 1
        WHERE convert_from(a.body, 'UTF8')::jsonb ->> 'type' = 'referrals.referral-accepted.v1' AND a.created_at >= $1`,
      [mark[0]!.at],
    );
    if (rows.length !== sent.done) throw new Error(`${sent.done} acceptances but ${rows.length} cases`);
    const times = summary(rows.map((r) => Number(r.ms)));
    return {
      name,
      metrics: {
        appliedP50ms: times.p50,
        appliedP95ms: times.p95,
        appliedP99ms: times.p99,
        appliedMaxMs: times.max,
        eventsPerSecond: round(sent.perSecond * EVENTS_PER_ACCEPTANCE),
        acceptances: rows.length,
      },
      baseline: { answerP50ms: sent.p50, answerP99ms: sent.p99 },
      ratio: { appliedP99ToAnswerP99: round(times.p99 / sent.p99) },
    };
  } finally {
    await admin.end();
  }
}

/** Makes `count` referrals ready to be accepted, and the requests that accept them. */
async function accepted(url: string, referrer: string, lead: string, count: number): Promise<Shot[]> {
  const content: unknown = exampleContent();
  const { hostname, port } = new URL(url);
  const shots: Shot[] = [];
  const width = 8;
  await Promise.all(
    Array.from({ length: width }, async (_, lane) => {
      const connection = new Connection(hostname, Number(port));
      for (let i = lane; i < count; i += width) {
        const made = await connection.send(post('/api/referrals', referrer, { content }));
        const { id, version } = JSON.parse(made.body) as { id: string; version: number };
        const rated = await connection.send(
          post(`/api/referrals/${id}/ratings`, lead, { colour: 'amber', rationale: 'Benchmark' }, version),
        );
        const { version: next } = JSON.parse(rated.body) as { version: number };
        shots.push(post(`/api/referrals/${id}/decisions`, lead, { outcome: 'accept', rationale: 'Benchmark' }, next));
      }
      connection.close();
    }),
  );
  return shots;
}

const post = (path: string, token: string, body: unknown, version?: number): Shot => ({
  method: 'POST',
  path,
  headers: {
    authorization: `Bearer ${token}`,
    'idempotency-key': newId(),
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  },
  body: JSON.stringify(body),
});

/** Waits until at least `count` cases more than the demonstration's were opened and nothing is on its way. */
async function applied(admin: Client, count: number): Promise<void> {
  for (;;) {
    const { rows } = await admin.query<{ cases: number; left: number }>(
      'SELECT (SELECT count(*)::int FROM records.case_file) AS cases, (SELECT count(*)::int FROM records.inbox) AS left',
    );
    if (rows[0]!.cases >= count && rows[0]!.left === 0) return;
    await new Promise((r) => setTimeout(r, 100));
  }
}
