import { eventually } from '@concordat/testing';
import { accepted, joins, POLICE } from './stories';
import type { World } from './world';

export interface Place {
  readonly caseId: string;
  readonly subject: string;
}

/** An assessment that was begun, by where its pages are. */
export interface Begun {
  readonly caseId: string;
  readonly id: string;
  readonly subject: string;
  /** `/cases/…/risk/…`. */
  readonly at: string;
}

interface Topic {
  readonly code: string;
  readonly type: string;
  readonly parts?: readonly { readonly code: string }[];
  readonly options?: readonly { readonly code: string }[];
}
interface Seen {
  readonly version: number;
  readonly document: {
    readonly judgement: string;
    readonly bands: readonly { readonly code: string }[];
    readonly groups: readonly { readonly topics: readonly Topic[] }[];
  };
}

/** A case of Hana’s that the council leads, once risk has heard of it; the police read it. */
export async function riskyCase(world: World): Promise<Place> {
  const { caseId } = await accepted(world);
  await joins(world, caseId, POLICE);
  const people = async (username: string): Promise<readonly string[]> => {
    const { body } = await world.app.as(username).get<{ people?: string[] }>(`/api/risk/cases/${caseId}/assessments`);
    return body.people ?? [];
  };
  const { body } = await world.app.as('amina').get<{ people: { id: string }[] }>(`/api/records/cases/${caseId}`);
  await eventually(async () => (await people('amina')).length > 0 && (await people('gwen')).length > 0);
  return { caseId, subject: body.people[0]!.id };
}

/** A wording of an instrument that somebody loads for their agency. Answers its page. */
export async function worded(world: World, who: string, instrument: string): Promise<string> {
  const as = world.app.as(who);
  const { items } = (await as.get<{ items: Wordable[] }>('/api/risk/wordings')).body;
  const { keys } = items.find((each) => each.instrument === instrument)!;
  const content = JSON.stringify(Object.fromEntries(keys.map(({ key }) => [key, `Our own text of ${key}?`])));
  const body = { instrument, title: 'Our checklist', attribution: 'Used under licence', format: 'json', content };
  const made = await as.post<{ id: string }>('/api/risk/wordings', body);
  expect([made.status, made.body]).toEqual([201, expect.anything()]);
  return `/wordings/${made.body.id}`;
}
interface Wordable {
  readonly instrument: string;
  readonly keys: readonly { readonly key: string }[];
}

const shared = new WeakMap<World, Promise<Place>>();

/** One case for whatever does not mind what else is assessed in it: a case of its own takes a second. */
function anyCase(world: World): Promise<Place> {
  const kept = shared.get(world) ?? riskyCase(world);
  shared.set(world, kept);
  return kept;
}

/** A draft of Amina’s, of which nothing is answered. In a case that others share, unless one is given. */
export async function begun(world: World, instrument = 'safelives-dash', inCase?: Place): Promise<Begun> {
  const { caseId, subject } = inCase ?? (await anyCase(world));
  const body = { instrument, subjectId: subject };
  const made = await world.app.as('amina').post(`/api/risk/cases/${caseId}/assessments`, body);
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  const id = made.body.id as string;
  return { caseId, id, subject, at: `/cases/${caseId}/risk/${id}` };
}

/** As `begun`, with so many topics answered yes and all others no. */
export async function answered(world: World, yes = 14, draft?: Begun): Promise<Begun> {
  const it = draft ?? (await begun(world));
  const amina = world.app.as('amina');
  const { version, document } = (await amina.get<Seen>(`/api/risk/assessments/${it.id}`)).body;
  const answers = document.groups
    .flatMap((group) => group.topics)
    .map((topic, i) => [topic.code, answerOf(topic, i < yes)]);
  const judgement =
    document.judgement === 'decide' ? { band: document.bands[0]!.code, reasons: 'What she told us' } : {};
  const content = { asked: ['subject'], answers: Object.fromEntries(answers) as object, judgement };
  expect((await amina.put(`/api/risk/assessments/${it.id}`, content, { version })).status).toBe(200);
  return it;
}

function answerOf(topic: Topic, yes: boolean): object {
  const value = yes ? 'yes' : 'no';
  const words = yes || topic.type === 'text' ? { words: 'She told us' } : {};
  if (topic.type === 'text') return words;
  if (topic.parts) return { parts: Object.fromEntries(topic.parts.map(({ code }) => [code, value])), ...words };
  return { value: topic.options?.[0]?.code ?? value, ...words };
}

/** As `answered`, completed. */
export async function assessed(world: World, yes = 14, draft?: Begun): Promise<Begun> {
  const it = await answered(world, yes, draft);
  const { version } = (await world.app.as('amina').get<Seen>(`/api/risk/assessments/${it.id}`)).body;
  const done = await world.app.as('amina').post(`/api/risk/assessments/${it.id}/completion`, {}, { version });
  expect([done.status, done.body.errors]).toEqual([200, undefined]);
  return it;
}

/** Three of one person, the second and third of other answers; the last of them. */
export async function assessedThrice(world: World): Promise<Begun> {
  const first = await assessed(world, 3, await begun(world, 'safelives-dash', await riskyCase(world)));
  const second = await assessed(world, 9, await begun(world, 'safelives-dash', first));
  return assessed(world, 14, await begun(world, 'safelives-dash', second));
}

/** One that was corrected, and the one that stands. */
export async function corrected(world: World): Promise<{ wrong: Begun; stands: Begun }> {
  const wrong = await assessed(world, 9);
  const body = { reason: 'Two answers were of somebody else' };
  const made = await world.app.as('amina').post(`/api/risk/assessments/${wrong.id}/corrections`, body);
  const id = (made.body as { id: string }).id;
  const stands = await assessed(world, 14, { ...wrong, id, at: `/cases/${wrong.caseId}/risk/${id}` });
  return { wrong, stands };
}
