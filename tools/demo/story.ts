import { signInNames, Visitors, type Answer, type Refused } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Platform } from '../services/platform';
import { main as verifyLedger } from '../verify-ledger/main';

/** Something in the story was not as it must be. */
export class Mismatch extends Error {}

/** The referral was refused for what is in it. */
export class Refusal extends Error {
  constructor(readonly errors: readonly { readonly field: string; readonly code: string; readonly message: string }[]) {
    super('the referral was refused');
  }
}

export interface Told {
  readonly referralId: string;
  readonly caseId: string;
  readonly subjects: readonly string[];
}

const PATIENCE_MS = 30_000;
const LEADS: Readonly<Record<string, string>> = { 'eastvale-borough-council': 'farid' };

/**
 * The whole story through HTTP: a practitioner in a housing charity refers, the lead of the area rates and accepts, a case
 * opens, an outsider is refused, and the auditor sees all of it and verifies it offline. `say` hears each step. Throws
 * Mismatch at the first thing that is not as it must be, Refusal when `content` is not a referral.
 */
export async function tell(platform: Platform, content: unknown, say: (step: string) => void): Promise<Told> {
  const visitors = new Visitors(platform);
  const as = (name: string) => visitors.as(name);
  const early = await text(as('erin').send('GET', '/api/audit/checkpoint'));

  const made = await as('hana').send('POST', '/api/referrals', { body: { content }, key: newId() });
  if (made.status === 422) throw new Refusal((made.body as Refused).errors ?? []);
  const referral = expecting<{ id: string; reference: string; version: number; receipt: { auditId: string } }>(
    made,
    201,
  );
  say(`Hana, of Harbour Housing, refers: ${referral.reference}`);

  const lead = await leadFor(as('hana'), referral.id);
  const path = `/api/referrals/${referral.id}`;
  const rated = expecting<{ version: number }>(
    await as(lead).send('POST', `${path}/ratings`, {
      body: { colour: 'amber', rationale: 'Known to two agencies' },
      key: newId(),
      version: referral.version,
    }),
  );
  say(`The safeguarding lead (${lead}) rates it amber`);
  expecting(
    await as(lead).send('POST', `${path}/decisions`, {
      body: { outcome: 'accept', rationale: 'Needs several agencies' },
      key: newId(),
      version: rated.version,
    }),
  );
  const { caseId, content: kept } = expecting<{ caseId: string; content: { people: { id: string }[] } }>(
    await as(lead).send('GET', path),
  );
  say('and accepts it');

  await until(
    'the case opens',
    async () => (await as(lead).send('GET', `/api/records/cases/${caseId}`)).status === 200,
  );
  const opened = expecting<{ reference: string; timeline: { what: string }[] }>(
    await as(lead).send('GET', `/api/records/cases/${caseId}`),
  );
  if (!opened.timeline.some((t) => t.what === 'case-opened'))
    throw new Mismatch('the timeline does not say that the case opened');
  say(`A case opens: ${opened.reference}`);

  for (const hidden of [`/api/records/cases/${caseId}`, path]) {
    const refused = await as('carys').send('GET', hidden);
    const absent = await as('carys').send('GET', hidden.replace(/[0-9a-f-]{36}$/, newId()));
    if (refused.status !== 404 || absent.status !== 404)
      throw new Mismatch(`an outsider was answered ${refused.status}`);
    if ((refused.body as Refused).code !== (absent.body as Refused).code)
      throw new Mismatch('absent and forbidden do not look alike');
  }
  say('Carys, of an agency that takes no part, finds nothing');

  await everythingInTheTrail(as('erin'), caseId, referral.receipt.auditId);
  say('Erin, the auditor, sees all of it, the refusal too');
  await verified(as('erin'), early, say);
  return { referralId: referral.id, caseId, subjects: kept.people.map((p) => p.id) };
}

type Visitor = ReturnType<Visitors['as']>;

/** The lead of the organisation that received the referral. */
async function leadFor(referrer: Visitor, id: string): Promise<string> {
  const { receivingOrg } = expecting<{ receivingOrg: string }>(await referrer.send('GET', `/api/referrals/${id}`));
  const { organisations } = expecting<{ organisations: { id: string; name: string }[] }>(
    await referrer.send('GET', '/api/identity/organisations'),
  );
  const name = organisations.find((o) => o.id === receivingOrg)?.name ?? '';
  const code = name.toLowerCase().replaceAll(' ', '-');
  const known = signInNames().map((p) => p.username);
  const lead = LEADS[code] ?? 'amina';
  if (!known.includes(lead)) throw new Mismatch(`nobody triages for ${name}`);
  return lead;
}

interface Line {
  readonly eventId: string;
  readonly action: string;
  readonly outcome: string;
  readonly intact: boolean;
}

async function everythingInTheTrail(erin: Visitor, caseId: string, auditId: string): Promise<void> {
  const wanted = ['referral.submit', 'referral.rate', 'referral.decide', 'case.open', 'case.view'];
  let lines: readonly Line[] = [];
  await until('the trail tells the whole story', async () => {
    lines = expecting<{ items: Line[] }>(await erin.send('GET', `/api/audit/trail?case=${caseId}&limit=100`)).items;
    const done = lines.filter((l) => l.outcome === 'done').map((l) => l.action);
    const refused = lines.some((l) => l.outcome === 'denied' && l.action === 'case.view');
    return wanted.every((action) => done.includes(action)) && refused && lines.some((l) => l.eventId === auditId);
  });
  if (!lines.every((l) => l.intact)) throw new Mismatch('a line of the trail is not what the ledger commits to');
}

/** Takes the whole ledger out and verifies it with the offline verifier, a pinned policy and an earlier checkpoint. */
async function verified(erin: Visitor, early: string, say: (step: string) => void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-proof-'));
  try {
    const policy = join(dir, 'policy');
    const file = join(dir, 'export.txt');
    const earlier = join(dir, 'earlier');
    writeFileSync(policy, await text(erin.send('GET', '/api/audit/policy')));
    writeFileSync(file, await text(erin.send('POST', '/api/audit/exports', { body: { all: true }, key: newId() })));
    writeFileSync(earlier, early);
    const said: string[] = [];
    const { machine } = await import('../verify-ledger/host.js');
    const code = await verifyLedger([file, '--policy', policy, ...(early ? ['--earlier', earlier] : [])], {
      ...machine,
      print: (line) => void said.push(line),
    });
    if (code !== 0) throw new Mismatch(`the verifier says:\n${said.join('\n')}`);
    say(`The ledger verifies offline: ${said.join(' ').replace(/\s+/g, ' ').slice(0, 200)}`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function expecting<T>(answer: Answer, status = 200): T {
  if (answer.status !== status && !(status === 200 && answer.status === 201)) {
    throw new Mismatch(
      `answered ${answer.status} ${(answer.body as Refused | null)?.code ?? ''} where ${status} was due`,
    );
  }
  return answer.body as T;
}

async function text(asked: Promise<Answer>): Promise<string> {
  const answer = await asked;
  if (answer.status >= 300)
    throw new Mismatch(`answered ${answer.status} ${(answer.body as Refused | null)?.code ?? ''}`);
  return answer.text;
}

async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Mismatch(`waited in vain until ${what}`);
    await new Promise((r) => setTimeout(r, 100));
  }
}
