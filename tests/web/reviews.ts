import { addDays, civilDate } from '@concordat/clocks';
import type { World } from './world';

const REVIEWS = '/api/reviews/reviews';
const today = (): string => civilDate(new Date());
export const ago = (days: number): string => addDays(today(), -days);
export const POLICE = 'f124a373-4ae1-46c1-8aff-fbb48ae8f95a';
export const NHS = '96401213-8741-44a4-a973-8cbd523aca42';
const BEVAN = '3774c7ee-4534-4ce5-9d47-ff055bd101af';
export const CARYS = '7f569363-a8a8-44be-a023-a132b33c37c6';
export const AMINA = '70e30f01-5677-48ad-b963-31ce6738bbf2';
export const GWEN = '730bae4d-8821-4193-8564-fe6ec9c4843b';

interface Seen {
  reference: string;
  version: number;
  document: {
    pauses: { id: string }[];
    panel: { id: string; userId: string | null }[];
    outcomeLetters: { id: string }[];
    plannedMeetings: { id: string }[];
  };
  scoping: { id: string }[];
}
export const seen = async (world: World, id: string): Promise<Seen> =>
  (await world.app.as('jo').get<Seen>(`${REVIEWS}/${id}`)).body;

/** Does something to a review, from the version that it has: as Jo, unless somebody else is named. */
export async function reviewing(world: World, id: string, what: string, body: object, who = 'jo'): Promise<void> {
  const { version } = await seen(world, id);
  const answer = await world.app.as(who).post(`${REVIEWS}/${id}/${what}`, body, { version });
  if (answer.status !== 200) throw new Error(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** A review that Jo has registered. */
export async function registeredReview(world: World, more: object = {}): Promise<string> {
  const body = {
    ...{ kind: 'domestic-homicide-review', about: 'A death at home', notifier: 'Northbank Police' },
    dates: ['death', 'notice', 'aware'].map((code, i) => ({ code, date: ago(300 - i) })),
    ...more,
  };
  const answer = await world.app.as('jo').post<{ id: string }>(REVIEWS, body);
  if (answer.status !== 201) throw new Error(`registering answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

/** An answer to every question of the checklist of kinds. */
export async function allAnswered(world: World): Promise<Record<string, string>> {
  const { body } = await world.app.as('jo').get<{ questions: { id: string }[] }>('/api/reviews/kinds/checklist');
  return Object.fromEntries(body.questions.map(({ id }) => [id, 'yes']));
}

/** Every kind is tested for it. */
export async function testedReview(world: World, id: string): Promise<void> {
  const answers = Object.entries(await allAnswered(world)).map(([question, answer]) => ({ question, answer }));
  await reviewing(world, id, 'kind-tests', { nation: 'england', answers });
}

/** One in which each partner has a clock of its own. */
export const weaponsReview = (world: World): Promise<string> =>
  registeredReview(world, {
    ...{ kind: 'offensive-weapons-homicide-review', parties: [POLICE] },
    dates: [
      { code: 'notice', date: ago(10) },
      { code: 'aware', date: ago(10), party: POLICE },
    ],
  });

/** One whose death is recorded to have been after those who decide became aware. */
export const disorderedReview = (world: World): Promise<string> =>
  registeredReview(world, { dates: ['notice', 'aware', 'death'].map((code, i) => ({ code, date: ago(300 - i) })) });

/** Screened and decided, with a decision record. */
export async function decidedReview(world: World, outcome = 'REVIEW'): Promise<string> {
  const id = await registeredReview(world);
  await testedReview(world, id);
  await askedReview(world, id);
  const { scoping } = await seen(world, id);
  await reviewing(world, id, `scoping/${scoping[0]!.id}/returns`, { answer: 'nil' });
  await reviewing(world, id, 'steps', { to: 'SCREENING' });
  await reviewing(world, id, 'decisions', {
    ...{ outcome, legalBasis: 'DVCVA_s9', decider: 'Chair of the partnership', deciderRole: 'Chair' },
    ...{ decidedOn: ago(250), rationale: 'All criteria are met', conflicts: 'None were declared' },
    criteria: ['age', 'cause', 'by-whom', 'suicide'].map((code) => ({ code, answer: 'yes', evidence: 'Police' })),
    consulted: ['section-9-bodies', 'specialists'].map((code) => ({ code, noReply: true })),
  });
  await reviewing(world, id, 'steps', { to: 'DECIDED' });
  return id;
}

/** One that is put off until there is more information. */
export async function deferredReview(world: World): Promise<string> {
  const id = await decidedReview(world, 'DEFER_INFO');
  await reviewing(world, id, 'steps', { to: 'NOTIFIED' });
  return id;
}

/** Paused by a criminal case, and past its date. */
export async function pausedReview(world: World): Promise<string> {
  const id = await decidedReview(world);
  const pause = { reason: 'criminal', askedBy: 'Senior investigating officer', agreedBy: 'The chair' };
  await reviewing(world, id, 'pauses', { ...pause, from: ago(200), reviewOn: ago(100) });
  return id;
}

/** Police are asked what they know. */
export async function askedReview(world: World, id?: string): Promise<string> {
  const review = id ?? (await registeredReview(world));
  await reviewing(world, review, 'scoping', { agencies: [POLICE], dueOn: ago(-10) });
  return review;
}

/**
 * One with a chair and terms of reference, which a meeting that was not quorate has read; the next is planned, and the police are
 * reminded that they were asked.
 */
export async function paneledReview(world: World): Promise<string> {
  const id = await registeredReview(world);
  await reviewing(world, id, 'panel', { role: 'chair', seat: 'independent chair', name: 'An independent chair' });
  await reviewing(world, id, 'panel', { role: 'member', seat: 'police', userId: GWEN });
  await reviewing(world, id, 'terms', { text: 'From 2020 to the death' });
  const present = (await seen(world, id)).document.panel.map((m) => m.id);
  await reviewing(world, id, 'meetings', { on: ago(1), present, agreed: [], minute: 'The terms were read' });
  await reviewing(world, id, 'planned-meetings', {
    ...{ on: ago(-20), time: '14:30', place: 'By video', agenda: ['Terms of reference', 'Who is asked'] },
  });
  const { plannedMeetings, panel } = (await seen(world, id)).document;
  const apology = { memberId: panel[1]!.id, instead: 'A colleague' };
  await reviewing(world, id, `planned-meetings/${plannedMeetings[0]!.id}/apologies`, apology);
  await askedReview(world, id);
  const { scoping } = await seen(world, id);
  const reminder = { move: 'remind', who: 'Head of safeguarding', text: 'By telephone' };
  await reviewing(world, id, `scoping/${scoping[0]!.id}/moves`, reminder);
  return id;
}

/** The NHS trust is asked for its individual management review, for which Carys is named. */
export async function managedReview(world: World): Promise<string> {
  const id = await paneledReview(world);
  await reviewing(world, id, 'members', { userId: CARYS, seat: 'Health' });
  const asking = { agencies: [NHS], from: ago(900), to: ago(300), dueOn: ago(-30) };
  await reviewing(world, id, 'management-reviews', asking);
  return id;
}

/** An application for an ASB case review, received so many days ago. */
export const asbReview = (world: World, days: number): Promise<string> =>
  registeredReview(world, {
    ...{ kind: 'northbank-asb-case-review', about: 'Noise and threats', notifier: 'The applicant' },
    dates: [{ code: 'application', date: ago(days) }],
  });

/** The same, decided not to meet the threshold so many days ago. */
export async function refusedAsbReview(world: World, days: number, decidedOn: number): Promise<string> {
  const id = await asbReview(world, days);
  await reviewing(world, id, 'decisions', {
    ...{ outcome: 'NOT_MET', legalBasis: 'ASBCPA_s104', decider: 'The relevant bodies', deciderRole: 'Panel' },
    ...{ decidedOn: ago(decidedOn), rationale: 'As the ledger shows', conflicts: 'None' },
    criteria: ['qualifying-complaints', 'persistence', 'harm', 'response'].map((code) => ({
      ...{ code, answer: 'no', evidence: 'The ledger' },
    })),
    consulted: [{ code: 'relevant-bodies', view: 'All agree' }],
  });
  return id;
}

/** An application that waits, as it was told to Jo. */
export async function appliedFor(world: World): Promise<string> {
  const made = await world.app.as('jo').post<{ id: string }>('/api/reviews/asb-applications', {
    ...{ appliesFor: 'self', name: 'A tenant', contact: '01632 960 000', about: 'Threats at the door' },
    complaints: [{ behaviourOn: ago(20), complainedOn: ago(19), summary: 'Told the police' }],
  });
  return made.body.id;
}

/** One that was set aside. */
export async function setAsideApplication(world: World): Promise<string> {
  const id = await appliedFor(world);
  const at = `/api/reviews/asb-applications/${id}/set-aside`;
  await world.app.as('jo').post(at, { reason: 'Told twice' }, { version: 1 });
  return id;
}

/** Refused, with an appeal against that which nobody has decided yet. */
export async function appealedReview(world: World): Promise<string> {
  const id = await refusedAsbReview(world, 60, 40);
  await reviewing(world, id, 'appeals', { against: 'threshold', receivedOn: ago(3), grounds: 'It goes on' });
  return id;
}

/** The page of a letter to whoever applied; when it is to be sent, Gwen has released it. */
export async function letterTo(world: World, sent = false): Promise<string> {
  const id = await refusedAsbReview(world, 60, 40);
  await reviewing(world, id, 'panel', { role: 'chair', seat: 'chair', userId: GWEN });
  await reviewing(world, id, 'release/people', {
    ...{ pseudonym: 'A neighbour', chosenBy: 'Jo', why: 'Nobody else is named' },
    identifiers: [{ kind: 'full-name', value: 'Odo Brack' }],
  });
  await reviewing(world, id, 'letters', {
    ...{ about: 'threshold', to: 'Ms Tenant', decided: 'There is no review', why: 'One complaint qualifies' },
    contact: 'The team, 01632 960 001',
  });
  const letter = (await seen(world, id)).document.outcomeLetters[0]!.id;
  if (sent) {
    await reviewing(world, id, `release/files/${letter}/release`, { looked: true }, 'gwen');
    await reviewing(world, id, `letters/${letter}/sending`, { sentOn: ago(0), how: 'Post', receipt: 'P-1' });
  }
  return `/reviews/${id}/letters/${letter}`;
}

/** The plan was revised, and nobody had a copy. */
export async function dutyDone(world: World): Promise<void> {
  await world.app.as('jo').post('/api/reviews/partnership-duties/partnership-plan/records', {
    ...{ doneOn: ago(400), title: 'Plan for three years', kept: 'On the council’s site', approvedBy: 'The board' },
    parts: [{ code: 'delivery', text: 'By themed groups' }],
  });
}

/** Figures that are published. */
export async function publishedFigures(world: World): Promise<void> {
  await refusedAsbReview(world, 500, 490);
  await world.app.as('jo').post('/api/reviews/asb-figures', { from: ago(600), to: ago(400) });
}

/** Somebody is protected, and Gwen chairs it. */
export async function protectedReview(world: World): Promise<string> {
  const id = await registeredReview(world);
  await reviewing(world, id, 'panel', { role: 'chair', seat: 'chair', userId: GWEN });
  await reviewing(world, id, 'release/people', {
    ...{ pseudonym: 'Alice', chosenBy: 'Her sister', why: 'A name that she liked' },
    identifiers: [
      { kind: 'full-name', value: 'Mira Kestle' },
      { kind: 'death-date', value: '2025-02-03' },
    ],
  });
  return id;
}

/** A file that Jo has brought to a review, looked through. */
export async function scannedFile(
  world: World,
  id: string,
  text = 'Alice, that is Mira Kestle. Write to someone@example.org',
  artefact = 'overview-report',
): Promise<string> {
  const answer = await fetch(`${world.app.url}${REVIEWS}/${id}/release/uploads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await world.app.tokenFor('jo')}`,
      ...{ 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
    },
    body: Buffer.from(text),
  });
  const { id: uploadId } = (await answer.json()) as { id: string };
  await reviewing(world, id, 'release/files', { uploadId, artefact, name: 'report.txt' });
  return uploadId;
}

/** A file that Gwen has released. */
export async function releasedFile(world: World, id: string, artefact = 'overview-report'): Promise<string> {
  const file = await scannedFile(world, id, 'Alice was not asked when she was alone', artefact);
  const { version } = await seen(world, id);
  const at = `${REVIEWS}/${id}/release/files/${file}/release`;
  const answer = await world.app.as('gwen').post(at, { looked: true }, { version });
  if (answer.status !== 200) throw new Error(`releasing answered ${answer.status}`);
  return file;
}

/** With a letter of the quality panel, of which one point is answered, and withheld for the time being. */
export async function letteredReview(world: World): Promise<string> {
  const id = await registeredReview(world);
  const letter = {
    receivedOn: ago(9),
    verdict: 'publishAfterChanges',
    points: ['Explain the delay', 'Name no street'],
  };
  await reviewing(world, id, 'quality-letters', letter);
  await reviewing(world, id, 'quality-answers', {
    ...{ letter: 1, point: 1, done: true, response: 'As asked', location: 'Paragraph 12' },
  });
  await reviewing(world, id, 'publication-decisions', {
    ...{ decision: 'withheld', reasons: ['safety'], text: 'A child', heldBack: 'All of it', learning: 'Ask alone' },
    ...{ reviewOn: ago(-90), decider: 'The partnership', decidedOn: ago(1) },
  });
  await reviewing(world, id, 'links', { relation: 'alongside', outside: 'An adults review', note: 'One chair' });
  await reviewing(world, id, 'copies', { code: 'home-office', sentOn: ago(1), receipt: 'HO-1' });
  return id;
}

/** One that Gwen is named to see. */
export async function namedReview(world: World): Promise<string> {
  const id = await registeredReview(world);
  await reviewing(world, id, 'members', { userId: GWEN, seat: 'Police' });
  return id;
}

/** A recommendation of a new review, with an action that Bevan leads when it is to have one. */
export async function recommended(world: World, acting = false): Promise<{ id: string; actionId: string }> {
  const review = await registeredReview(world);
  const jo = world.app.as('jo');
  const { version } = await seen(world, review);
  const made = await jo.post<{ id: string }>(
    `${REVIEWS}/${review}/recommendations`,
    {
      ...{
        text: 'Ask every patient when she is alone',
        source: 'panel',
        level: 'local',
        theme: 'Asking',
        ownerOrg: NHS,
      },
      smart: ['specific', 'measurable', 'achievable', 'relevant', 'timeBound'],
    },
    { version },
  );
  const { id } = made.body;
  const at = `/api/reviews/recommendations/${id}`;
  if (!acting) return { id, actionId: '' };
  await jo.post(`${at}/answers`, { response: 'accepted' }, { version: 1 });
  await jo.post(`${at}/actions`, { text: 'Train all midwives', leadId: BEVAN, due: ago(-30) }, { version: 2 });
  const { actions } = (await jo.get<{ actions: { id: string }[] }>(at)).body;
  const actionId = actions[0]!.id;
  for (const [i, move] of ['accept', 'start'].entries())
    await jo.post(`${at}/actions/${actionId}/progress`, { move }, { version: 3 + i });
  return { id, actionId };
}

/** A recommendation of a review that its agency accepted, with an action that Bevan leads and says is done. */
export async function actedOn(world: World, review: string): Promise<{ recommendation: string; action: string }> {
  const jo = world.app.as('jo');
  const { version } = await seen(world, review);
  const made = await jo.post<{ id: string }>(
    `${REVIEWS}/${review}/recommendations`,
    {
      ...{ text: 'Ask every patient alone', source: 'panel', level: 'local', theme: 'Asking', ownerOrg: NHS },
      smart: ['specific', 'measurable', 'achievable', 'relevant', 'timeBound'],
    },
    { version },
  );
  const at = `/api/reviews/recommendations/${made.body.id}`;
  await jo.post(`${at}/answers`, { response: 'accepted' }, { version: 1 });
  await jo.post(`${at}/actions`, { text: 'Train all midwives', leadId: BEVAN, due: ago(-30) }, { version: 2 });
  const action = (await jo.get<{ actions: { id: string }[] }>(at)).body.actions[0]!.id;
  const moves = [
    { move: 'accept' },
    { move: 'start' },
    { move: 'claim', outcome: 'All trained', evidence: 'The register' },
  ];
  for (const [i, body] of moves.entries()) {
    const done = await world.app.as('bevan').post(`${at}/actions/${action}/progress`, body, { version: 3 + i });
    if (done.status !== 200) throw new Error(`${body.move} answered ${done.status}: ${JSON.stringify(done.body)}`);
  }
  return { recommendation: made.body.id, action };
}
