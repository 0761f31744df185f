import { signInNames, Visitors, type Reception, type Refused, type Visitor } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { demand, expecting, Refusal, until } from './checks';
import { pin, proveTheEntry, proveTheLedger, proveTheReceipt } from './proof';

export { Mismatch, Refusal } from './checks';

/** What came of the story. */
export interface Told {
  readonly referralId: string;
  readonly caseId: string;
  readonly subjects: readonly string[];
}

interface Submitted {
  readonly id: string;
  readonly reference: string;
  readonly version: number;
  readonly receipt: { readonly auditId: string };
}

/**
 * The whole story through HTTP: a practitioner in a housing charity refers, the lead of the area rates and accepts, a case
 * opens, who has no part in it is refused, and the auditor sees all of it and has it verified offline. `say` hears each
 * step once it has been checked. Throws Mismatch at the first thing that is not as it must be, Refusal when `content` is
 * not a referral.
 */
export async function tell(reception: Reception, content: unknown, say: (step: string) => void): Promise<Told> {
  const visitors = new Visitors(reception);
  const as = (name: string): Visitor => visitors.as(name);
  const [hana, dov, erin] = [as('hana'), as('dov'), as('erin')];
  const pinned = await pin(erin);
  say('The log’s key and newest checkpoint are written down, for later');

  const made = await hana.send('POST', '/api/referrals', { body: { content }, key: newId() });
  if (made.status === 422) throw new Refusal((made.body as Refused).errors ?? []);
  const { id, reference, version, receipt } = expecting<Submitted>('the referral', made, 201);
  const path = `/api/referrals/${id}`;
  say(`Hana, of Harbour Housing, makes referral ${reference}`);

  await findsNothing(dov, path, id);
  say('Dov, her colleague who has nothing to do with it, finds nothing there');

  const triage = await whoTriages(hana, path);
  const lead = as(triage.username);
  await until('it is on the worklist', async () => {
    const list = await lead.send('GET', '/api/referrals?sort=-received&status=received&limit=100');
    return list.text.includes(id) || undefined;
  });
  const rating = { body: { colour: 'amber' }, key: newId(), version };
  const rated = expecting<Submitted>('the rating', await lead.send('POST', `${path}/ratings`, rating), 200);
  say(`${triage.name}, safeguarding lead of ${triage.organisation}, finds it on her worklist and rates it amber`);

  const accepting = {
    body: { outcome: 'accept', rationale: 'Several agencies are needed' },
    key: newId(),
    version: rated.version,
  };
  const decided = expecting<Submitted>('the decision', await lead.send('POST', `${path}/decisions`, accepting), 'done');
  const again = await lead.send('POST', `${path}/decisions`, accepting);
  demand(again.text === JSON.stringify(decided), 'the decision, sent again with the same key, was answered otherwise');
  const caseId = expecting<{ caseId: string }>('the referral', await lead.send('GET', path), 200).caseId;
  say('and accepts it; sent twice with the same key, it happens once');

  const opened = await openedCase(lead, caseId, id);
  say(`Case ${opened.reference} opens, with ${opened.people.length} people and ${opened.participants.length} agencies`);

  const told = { body: { text: 'Thank you. A case is open, and we shall ring you.' }, key: newId() };
  expecting('the feedback', await lead.send('POST', `${path}/feedback`, told), 'done');
  const seen = expecting<Seen>('the referral', await hana.send('GET', path), 200);
  demand(seen.status === 'accepted' && seen.feedback.length === 1, 'the referrer was not told what became of it');
  demand(seen.notes.length === 0 && seen.colour === null, 'the referrer sees what is between the triaging staff');
  say('Hana is told what became of it, and nothing of what triage keeps to itself');

  const outsider = as('carys');
  await findsNothing(outsider, `/api/records/cases/${caseId}`, caseId);
  await findsNothing(outsider, `/api/records/people/${opened.people[0]?.id}`, opened.people[0]?.id ?? '');
  const cases = await outsider.send('GET', '/api/records/cases?limit=100');
  demand(cases.status === 200 && !cases.text.includes(caseId), 'an outsider’s list names the case');
  say('Carys, of an agency that takes no part, is refused: the case does not exist for her');

  await everythingInTheTrail(erin, caseId, receipt.auditId);
  say('Erin, the auditor, sees every step of it, both refusals among them');
  await proveTheReceipt(hana, receipt.auditId, pinned);
  await proveTheEntry(erin, receipt.auditId, pinned);
  say('Hana’s receipt and Erin’s proof of the same entry verify offline: the referral is in the log');
  const entries = await proveTheLedger(erin, pinned);
  say(`All ${entries} entries of the log verify offline, from the checkpoint written down before`);
  say('and of a copy with one byte changed, the verifier names the entry');
  return { referralId: id, caseId, subjects: opened.people.map((p) => p.id) };
}

interface Seen {
  readonly status: string;
  readonly feedback: readonly unknown[];
  readonly notes: readonly unknown[];
  readonly colour: string | null;
}

interface Opened {
  readonly reference: string;
  readonly people: readonly { readonly id: string }[];
  readonly participants: readonly unknown[];
  readonly timeline: readonly { readonly what: string }[];
}

async function openedCase(lead: Visitor, caseId: string, referralId: string): Promise<Opened> {
  const opened = await until('the case opens', async () => {
    const answer = await lead.send('GET', `/api/records/cases/${caseId}`);
    return answer.status === 200 ? (answer.body as Opened & { referralId: string }) : undefined;
  });
  demand(opened.referralId === referralId, 'the case is of another referral');
  const steps = opened.timeline.map((t) => t.what);
  for (const step of ['referral-received', 'referral-accepted', 'case-opened'])
    demand(steps.includes(step), `the timeline of the case does not tell that ${step}`);
  return opened;
}

/** Absent and forbidden look alike: same status, same code, and nothing of the id anywhere but in what was asked. */
async function findsNothing(who: Visitor, path: string, id: string): Promise<void> {
  const hidden = await who.send('GET', path);
  const absent = await who.send('GET', path.replace(id, newId()));
  for (const answer of [hidden, absent]) expecting(`what is hidden, or absent,`, answer, 404);
  const bare = (answer: { body: unknown }): string =>
    JSON.stringify({ ...(answer.body as object), instance: '', correlationId: '' });
  demand(bare(hidden) === bare(absent), 'what is hidden is answered otherwise than what is absent');
}

/** The safeguarding lead of the organisation that received the referral. */
async function whoTriages(referrer: Visitor, path: string) {
  const { receivingOrg } = expecting<{ receivingOrg: string }>('the referral', await referrer.send('GET', path), 200);
  const directory = await referrer.send('GET', '/api/identity/organisations');
  const { organisations } = expecting<{ organisations: { id: string; name: string }[] }>('who is who', directory, 200);
  const name = organisations.find((o) => o.id === receivingOrg)?.name;
  const found = signInNames().find((p) => p.organisation === name && p.roles.includes('safeguarding-lead'));
  demand(found !== undefined, `nobody triages for ${name ?? 'an organisation without a name'}`);
  return found;
}

interface Line {
  readonly eventId: string;
  readonly action: string;
  readonly outcome: string;
  readonly intact: boolean;
}

const DONE = [
  'referral.submit',
  'referral.rate',
  'referral.decide',
  'referral.give-feedback',
  'case.open',
  'case.view',
];
const DENIED = ['referral.view', 'case.view'];

async function everythingInTheTrail(erin: Visitor, caseId: string, auditId: string): Promise<void> {
  const lines = await until('the trail tells the whole story', async () => {
    const answer = await erin.send('GET', `/api/audit/trail?case=${caseId}&limit=100`);
    const { items } = expecting<{ items: Line[] }>('the trail', answer, 200);
    const has = (action: string, outcome: string) => items.some((l) => l.action === action && l.outcome === outcome);
    const whole = DONE.every((action) => has(action, 'done')) && DENIED.every((action) => has(action, 'denied'));
    return whole && items.some((l) => l.eventId === auditId) ? items : undefined;
  });
  demand(
    lines.every((l) => l.intact),
    'a line of the trail is not what the ledger commits to',
  );
}
