import { Visitors, type Visitor } from '@concordat-app/all-in-one';
import { civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { Client } from 'pg';
import { northbankMarac } from '../../apps/risk/src/forums/northbank.testing';
import { loadPractice, loadYear } from '../../apps/risk/src/statistics/forum-year.testing';
import { closedLoopOf, round, type Connection, type Outcome } from './load';
import { drained, exampleContent, startPlatform, type Pressed } from './platform';
import type { Result } from './result';
import { signedInCookie } from './signed-in-cookie';

/** Cases of the meeting that is in session; each takes part of the minutes. */
const CASES = 16;
const SECONDS = 15;
/** Two note-takers look at the same screens at once. */
const NOTE_TAKERS = 2;
const AGAIN_EVERY_MS = 200;

/**
 * A forum that has heard 300 cases at twelve meetings of a year, from which 1,800 actions came, and is in session on sixteen more. What
 * the screen of a case in session takes over HTTP, names asked of records and all, for two note-takers at once; what its statistics
 * take; and how long minutes on paper take from asking for them to having them.
 */
export async function forumYear(): Promise<Result> {
  const platform = await startPlatform('embedded');
  const admin = new Client({ connectionString: platform.adminUrl });
  try {
    await admin.connect();
    return await measure(platform, admin);
  } finally {
    await admin.end().catch(() => undefined);
    await platform.stop();
  }
}

async function measure(platform: Pressed, admin: Client): Promise<Result> {
  const visitors = new Visitors(platform);
  const idris = visitors.as('idris');
  // One agency leads: what is shared with another is decided elsewhere, and would be measured with it.
  const chair = (await done(visitors.as('amina'), 'GET', '/api/identity/me')).id as string;
  const forumId = (await done(idris, 'POST', '/api/risk/forums', northbankMarac({ chairs: [chair] }))).id as string;
  const behind = { sql: async (text: string, params?: unknown[]) => (await admin.query(text, params)).rows as never };
  await loadYear(behind, forumId);
  await loadPractice(behind, forumId);
  await admin.query('ANALYZE');
  const { meeting, items } = await inSession(visitors, forumId);
  await drained(admin);

  const cookie = await signedInCookie(platform.urlOf('/'), 'idris');
  const get = async (connection: Connection, path: string): Promise<string | null> => {
    const { status } = await connection.send({ method: 'GET', path, headers: { cookie } });
    return status === 200 ? null : `${path} answered ${status}`;
  };
  const pressed = (clients: number, path: (n: number) => string) =>
    closedLoopOf(platform.urlOf('/'), clients, SECONDS, (connection, n) => get(connection, path(n)));
  const screen = (n: number): string => `/meetings/${meeting}/cases/${items[n % items.length]}`;
  await pressed(1, screen); // everything is warm
  const session = whole(await pressed(NOTE_TAKERS, screen));
  const statistics = whole(await pressed(1, () => `/forums/${forumId}/statistics?to=2026-Q1`));
  await drained(admin);

  await minuted(idris, meeting, items);
  const paperMs = await paper(idris, meeting);
  const [counts] = (
    await admin.query<{ cases: number; meetings: number; actions: number }>(
      `SELECT (SELECT count(*)::int FROM risk.agenda_item) AS cases, (SELECT count(*)::int FROM risk.meeting) AS meetings,
              (SELECT count(*)::int FROM risk.conference_action) AS actions`,
    )
  ).rows;
  return {
    name: 'forum-year',
    metrics: {
      ...counts!,
      ...{ sessionP50Ms: session.p50, sessionP95Ms: session.p95, sessionPerSecond: round(session.perSecond) },
      ...{ statisticsP50Ms: statistics.p50, statisticsP95Ms: statistics.p95 },
      paperMs,
    },
    baseline: {},
    ratio: {},
  };
}

/** Throws when anything was answered otherwise than it should be. */
function whole(outcome: Outcome & { readonly wrong: readonly string[] }): Outcome {
  if (outcome.wrong.length > 0) throw new Error(`${outcome.wrong.length} went wrong, the first: ${outcome.wrong[0]}`);
  return outcome;
}

/** A meeting of today with its cases, each of people whom records knows, researched by the police, the first of them open. */
async function inSession(visitors: Visitors, forumId: string): Promise<{ meeting: string; items: string[] }> {
  const [idris, gwen, hana, amina] = ['idris', 'gwen', 'hana', 'amina'].map((who) => visitors.as(who)) as [
    ...[Visitor, Visitor, Visitor, Visitor],
  ];
  const { id } = await done(idris, 'POST', `/api/risk/forums/${forumId}/meetings`, { heldOn: civilDate(new Date()) });
  const meeting = id as string;
  for (let n = 0; n < CASES; n++) {
    const referral = (await done(hana, 'POST', '/api/referrals', { content: exampleContent() })).id as string;
    await done(amina, 'POST', `/api/referrals/${referral}/ratings`, { colour: 'red' }, 1);
    const accepting = { outcome: 'accept', rationale: 'Several agencies must act.' };
    await done(amina, 'POST', `/api/referrals/${referral}/decisions`, accepting, 2);
    const { caseId } = await done(amina, 'GET', `/api/referrals/${referral}`);
    const people = await knownTo(amina, caseId as string);
    await done(amina, 'POST', `/api/risk/cases/${caseId as string}/forum-referrals`, {
      ...{ forumId, subjectId: people[0], otherIds: people.slice(1, 2), childIds: [], consent: { answer: 'given' } },
      criteria: [{ code: 'professional-judgement', evidence: 'He is let out on Friday, and knows where she lives' }],
    });
  }
  const step = async (who: Visitor, what: string): Promise<void> => {
    const { meeting: now } = (await done(idris, 'GET', `/api/risk/meetings/${meeting}`)) as never as Versioned;
    await done(who, 'POST', `/api/risk/meetings/${meeting}/steps`, { do: what, statementRead: true }, now.version);
  };
  for (const what of ['close-referrals', 'issue-agenda']) await step(idris, what);
  const seen = (await done(idris, 'GET', `/api/risk/meetings/${meeting}`)) as { items?: { id: string }[] };
  const items = seen.items!.map((item) => item.id);
  for (const item of items) await done(idris, 'PUT', `/api/risk/agenda-items/${item}/research`, RESEARCH, 0);
  await step(amina, 'open-session');
  for (const who of [gwen, idris, amina])
    await done(who, 'POST', `/api/risk/meetings/${meeting}/signatures`, { agreed: true, noConflict: true });
  return { meeting, items };
}
const SAID = 'He knows where she lives and has said that he will come. '.repeat(12);
const RESEARCH = { answer: 'known', words: SAID, informs: ['RISK'] };
interface Versioned {
  readonly meeting: { readonly version: number };
}
interface Body {
  readonly [name: string]: unknown;
}

/** People of a case, once risk has heard of it. */
async function knownTo(who: Visitor, caseId: string): Promise<string[]> {
  for (;;) {
    const { status, body } = await who.send('GET', `/api/risk/cases/${caseId}/forum-referrals`);
    const { people = [] } = body as { people?: string[] };
    if (status === 200 && people.length > 0) return people;
    await new Promise((r) => setTimeout(r, AGAIN_EVERY_MS));
  }
}

/** Hears every case of the meeting, with six actions each, and ends its session. */
async function minuted(idris: Visitor, meeting: string, items: readonly string[]): Promise<void> {
  const me = (await done(idris, 'GET', '/api/identity/me')) as { organisation?: { id: string } };
  for (const item of items) {
    await done(idris, 'POST', `/api/risk/agenda-items/${item}/openings`, {}, 1);
    const action = { what: SAID.slice(0, 110), ownerOrg: me.organisation!.id, dueOn: civilDate(new Date()) };
    for (let n = 0; n < 6; n++) await done(idris, 'POST', `/api/risk/agenda-items/${item}/actions`, action);
    const { item: now } = (await done(idris, 'GET', `/api/risk/agenda-items/${item}`)) as {
      item?: { version: number };
    };
    const said = { decision: 'plan-agreed', rationale: SAID };
    await done(idris, 'POST', `/api/risk/agenda-items/${item}/decisions`, said, now!.version);
  }
  const { meeting: now } = (await done(idris, 'GET', `/api/risk/meetings/${meeting}`)) as never as Versioned;
  await done(idris, 'POST', `/api/risk/meetings/${meeting}/steps`, { do: 'end-session' }, now.version);
}

/** Milliseconds from asking for the minutes as a PDF to the job having made them. */
async function paper(idris: Visitor, meeting: string): Promise<number> {
  const began = performance.now();
  const { id } = await done(idris, 'POST', `/api/risk/meetings/${meeting}/minutes-papers`, {});
  for (;;) {
    const { state } = await done(idris, 'GET', `/api/risk/minutes-papers/${id as string}`);
    if (state === 'done') return round(performance.now() - began);
    if (state !== 'running') throw new Error(`the minutes ended as ${String(state)}`);
    await new Promise((r) => setTimeout(r, AGAIN_EVERY_MS / 4));
  }
}

/** What was answered. Throws when it was refused. */
async function done(who: Visitor, method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, version?: number) {
  const sending = { ...(body === undefined ? {} : { body }), ...(version === undefined ? {} : { version }) };
  const answer = await who.send(method, path, method === 'POST' ? { ...sending, key: newId() } : sending);
  if (answer.status >= 300) throw new Error(`${method} ${path} was answered with ${answer.status}: ${answer.text}`);
  return answer.body as Body;
}
