import { civilDate } from '@concordat/clocks';
import { randomUUID } from 'node:crypto';
import type { World } from './world';

const AGREEMENTS = '/api/sharing/agreements';
const ORGS = {
  council: 'd22cacf3-000b-4ccb-b1fc-23e09b777df1',
  police: 'f124a373-4ae1-46c1-8aff-fbb48ae8f95a',
  nhs: '96401213-8741-44a4-a973-8cbd523aca42',
};
const CONTACT = { name: 'Information governance', email: 'governance@example.org' };

interface Terms {
  id: string;
  parties: { orgId: string; agencyType: string; dlo?: object }[];
  dataItems: object[];
  flows: { id: string; items: string[] }[];
}
interface Seen {
  version: number;
  contentHash: string;
  document: Terms;
}

const seen = async (world: World, id: string, username: string): Promise<Seen> =>
  (await world.app.as(username).get<Seen>(`${AGREEMENTS}/${id}`)).body;

async function take(world: World, id: string, username: string, what: string, body: object): Promise<void> {
  const { version } = await seen(world, id, username);
  const caller = what === 'signatures' ? world.app.freshlyAs(username) : world.app.as(username);
  const { status, body: answer } = await caller.post(`${AGREEMENTS}/${id}/${what}`, body, { version });
  if (status !== 200) throw new Error(`${what} answered ${status}: ${JSON.stringify(answer)}`);
}

/** A draft of Kit's from the template, as it begins: with findings. Answers its id. */
export async function agreementDrafted(world: World, template = 'marac', title = 'Northbank MARAC'): Promise<string> {
  const { body } = await world.app.as('kit').post<{ id: string }>(`${AGREEMENTS}/from-template`, {
    ...{ template, id: `northbank-${template}-${randomUUID().slice(0, 8)}`, title },
    ...{ contact: 'Northbank community safety partnership', effectiveFrom: '2026-01-01', reviewBy: '2099-01-01' },
    ...{ expiresOn: '2099-12-31', parties: Object.values(ORGS) },
  });
  return body.id;
}

/** One of which every finding is mended, given to be checked, and checked by the police unless that is still to be done. */
export async function assured(
  world: World,
  until: 'IN_QA' | 'ASSURED' = 'ASSURED',
  ...template: readonly string[]
): Promise<string> {
  const id = await agreementDrafted(world, ...template);
  const { document, version } = await seen(world, id, 'kit');
  const mended = {
    ...{ ...document, dpiaRef: 'DPIA-7', apdRefs: ['APD-1'] },
    parties: document.parties.map((party) => ({
      ...{ ...party, signatory: { name: 'Signatory', post: 'Director' }, dlo: CONTACT, spoc: CONTACT, dpo: CONTACT },
      ...(party.agencyType === 'NHS' ? { caldicottGuardian: CONTACT } : {}),
    })),
  };
  await world.app.as('kit').put(`${AGREEMENTS}/${id}`, { document: mended }, { version });
  await checked(world, id, until);
  return id;
}

/** A draft is given to be checked, and checked by the police unless that is still to be done. */
async function checked(world: World, id: string, until: 'IN_QA' | 'ASSURED' = 'ASSURED'): Promise<void> {
  await take(world, id, 'kit', 'steps', { do: 'submit' });
  if (until === 'ASSURED') await take(world, id, 'yusuf', 'steps', { do: 'assure' });
}

/** One in force, signed by all three. */
export async function activeAgreement(world: World, ...template: readonly string[]): Promise<string> {
  const id = await assured(world, 'ASSURED', ...template);
  await signedByAll(world, id);
  return id;
}

/** One that is checked is signed by all three and activated. */
async function signedByAll(world: World, id: string): Promise<void> {
  const { contentHash } = await seen(world, id, 'kit');
  for (const username of ['kit', 'yusuf', 'ines']) await take(world, id, username, 'signatures', { contentHash });
  await take(world, id, 'kit', 'steps', { do: 'activate' });
}

/** One in force that names no designated liaison officer of the police. */
export async function withoutLiaison(world: World): Promise<void> {
  const id = await nextVersion(world, ({ parties }) => ({
    effectiveFrom: civilDate(new Date()),
    parties: parties.map(({ dlo, ...party }) =>
      party.orgId === ORGS.police ? party : { ...party, ...(dlo ? { dlo } : {}) },
    ),
  }));
  await checked(world, id);
  await signedByAll(world, id);
}

/** Amina asks about somebody of whom it is not certain that it is them: it is left to a person. Answers the question's id. */
export async function leftToAPerson(world: World): Promise<string> {
  const decisionId = await decided(world, ['NAME'], 'POSSIBLE');
  const { body } = await world.app.as('amina').get('/api/sharing/questions?box=asked');
  return (body as { items: { id: string; decisionId: string }[] }).items.find((q) => q.decisionId === decisionId)!.id;
}

/** Tomas shared in an emergency what the agreement refuses, as Amina authorised. Answers the question that asks whether it was justified. */
export async function sharedInEmergency(world: World): Promise<string> {
  const { document } = await seen(world, await activeAgreement(world), 'kit');
  const amina = (await world.app.as('amina').get<{ id: string }>('/api/identity/me')).body.id;
  const { body } = await world.app.freshlyAs('tomas').post<{ id: string }>('/api/sharing/decisions', {
    ...{ kind: 'DISCLOSE', agreementId: document.id, sender: ORGS.council, recipients: [ORGS.police] },
    ...{ purpose: 'MARAC', items: ['NAME', 'HEALTH'], conditions: {}, method: 'CONCORDAT' },
    ...{ classification: 'OFFICIAL-SENSITIVE', setting: 'OUTSIDE', consent: { state: 'NOT_SOUGHT' } },
    subjects: [{ pid: randomUUID(), about: 'VICTIM', match: 'EXACT', deceased: false }],
    breakGlass: {
      ...{ reason: 'LIFE_AT_RISK', basis: { regime: 'UKGDPR', art6: '6.1.d', art9: '9.2.c' } },
      authoriser: { userId: amina, orgId: ORGS.council },
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    },
  });
  const { items } = (await world.app.as('kit').get('/api/sharing/questions?box=to-answer')).body as {
    items: { id: string; decisionId: string }[];
  };
  return items.find((q) => q.decisionId === body.id)!.id;
}

/** An emergency that Kit found not justified: the breach that is to be assessed, taken as far as is said. Answers its id. */
export async function breachFound(world: World, until: 'open' | 'to-notify' | 'closed' = 'open'): Promise<string> {
  const kit = world.app.as('kit');
  const found = { answer: 'refuse', reason: 'He could have been asked.' };
  const question = await sharedInEmergency(world);
  const reviewed = await kit.post<{ breach: string }>(`/api/sharing/questions/${question}/answer`, found, {
    version: 1,
  });
  const id = reviewed.body.breach;
  const take = async (what: string, body: object, version: number) =>
    expect((await kit.post(`/api/sharing/breaches/${id}/${what}`, body, { version })).status).toBe(200);
  const assessment = { risk: 'likely', affected: 1, notify: true, tellPeople: true };
  if (until !== 'open')
    await take('assessment', { ...assessment, reason: 'Her address was in it.', remedy: 'It is deleted.' }, 1);
  if (until === 'closed') {
    const now = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/London' });
    const [on, time] = now.format(new Date()).split(' ');
    await take('notification', { on, time, reference: 'IC-000000' }, 2);
  }
  return id;
}

/** As `leftToAPerson`, and Kit has allowed it. */
export async function answeredByKit(world: World): Promise<string> {
  const id = await leftToAPerson(world);
  const body = { answer: 'allow', ground: 'agreement', reason: 'Her date of birth was checked.' };
  const { status } = await world.app.as('kit').post(`/api/sharing/questions/${id}/answer`, body, { version: 1 });
  expect(status).toBe(200);
  return id;
}

/** Asks whether the council may send items to the police, as Amina. Answers the decision's id. */
export async function decided(
  world: World,
  items: readonly string[],
  match = 'EXACT',
  username = 'amina',
): Promise<string> {
  const { document } = await seen(world, await activeAgreement(world), 'kit');
  const { body } = await world.app.as(username).post<{ id: string }>('/api/sharing/decisions', {
    ...{
      kind: 'DISCLOSE',
      agreementId: document.id,
      sender: ORGS.council,
      recipients: [ORGS.police],
      purpose: 'MARAC',
    },
    ...{ items, conditions: {}, method: 'CONCORDAT', classification: 'OFFICIAL-SENSITIVE', setting: 'OUTSIDE' },
    subjects: [{ pid: randomUUID(), about: 'VICTIM', match, deceased: false }],
    consent: { state: 'NOT_SOUGHT', withoutReason: 'WOULD_PREJUDICE' },
  });
  return body.id;
}

/** Kit takes a step of an agreement, from its version as it is. */
export const agreementStep = (world: World, id: string, what: string, reason?: string): Promise<void> =>
  take(world, id, 'kit', 'steps', { do: what, ...(reason ? { reason } : {}) });

const handOvers = new WeakMap<World, Promise<string>>();

/** The agreement by which these three refer cases to each other: in force once for a whole world. */
export function handOverAgreement(world: World): Promise<string> {
  const made = handOvers.get(world) ?? activeAgreement(world, 'hand-over', 'Referrals between agencies');
  handOvers.set(world, made);
  return made;
}

/** The next version of one in force, drafted by Kit, with other terms where they are given. Answers its id. */
export async function nextVersion(world: World, change: object | ((document: Terms) => object) = {}): Promise<string> {
  const kit = world.app.as('kit');
  const id = await activeAgreement(world);
  const { body } = await kit.post<{ id: string }>(`${AGREEMENTS}/${id}/successors`, { number: '1.1.0' });
  const { document, version } = await seen(world, body.id, 'kit');
  const terms = typeof change === 'function' ? change(document) : change;
  if (Object.keys(terms).length > 0)
    await kit.put(`${AGREEMENTS}/${body.id}`, { document: { ...document, ...terms } }, { version });
  return body.id;
}

/** The next version of one in force, which would allow what was refused: information that no agreement has yet. */
export async function widened(world: World): Promise<string> {
  const code = 'SCHOOL-ATTENDANCE';
  await decided(world, ['NAME', code]);
  const item = { code, category: 'PERSONAL', about: 'CHILD', patientInfo: false };
  return nextVersion(world, ({ dataItems, flows }) => ({
    dataItems: [...dataItems, item],
    flows: flows.map((flow) => (flow.id === 'F1' ? { ...flow, items: [...flow.items, code] } : flow)),
  }));
}

/** A file of a depersonalised set that the police had checked, with a full postcode in it. */
export async function dropChecked(world: World): Promise<void> {
  const content = 'day,area,kind,crimes\n2026-07-01,NB1 1AA,burglary,1\n';
  await world.app.as('yusuf').post('/api/sharing/drops', { set: 'police-crimes', quarter: '2026-07-01', content });
}
