import { ago, CARYS, decidedReview, GWEN, registeredReview, releasedFile, reviewing, seen } from './reviews';
import type { World } from './world';

const SAFE_HARBOUR = '6a2ae598-ef6e-437c-9b76-087bc1ee6992';
const AMINA = '70e30f01-5677-48ad-b963-31ce6738bbf2';
const step = (world: World, id: string, to: string) => reviewing(world, id, 'steps', { to });
export const confirmed = (world: World, id: string, guard: string, who = 'jo') =>
  reviewing(world, id, 'confirmations', { guard, evidence: 'As minuted' }, who);

/** Decided, its notices sent, and about to be set up. */
export async function begunReview(world: World): Promise<string> {
  const id = await decidedReview(world);
  await reviewing(world, id, 'notices', { code: 'home-office', sentOn: ago(240), how: 'Secure mail', receipt: 'HO-1' });
  await reviewing(world, id, 'notices', { code: 'family', sentOn: ago(240), how: 'In person', receipt: 'Her sister' });
  for (const to of ['NOTIFIED', 'SET_UP']) await step(world, id, to);
  return id;
}

/** Set up by what its people do: Gwen chairs it, and every seat is filled by somebody independent. */
export async function setUpReview(world: World): Promise<string> {
  const id = await begunReview(world);
  const seats = [
    { role: 'chair', seat: 'police', userId: GWEN, who: 'gwen' },
    { role: 'member', seat: 'council', userId: AMINA, who: 'amina' },
    { role: 'member', seat: 'health', userId: CARYS, who: 'carys' },
    { role: 'member', seat: 'specialist domestic abuse service', name: 'A specialist', orgId: SAFE_HARBOUR, who: 'jo' },
  ];
  for (const { who: _, ...seat } of seats) await reviewing(world, id, 'panel', seat);
  const { panel } = (await seen(world, id)).document;
  for (const [i, { who }] of seats.entries())
    await reviewing(world, id, `panel/${panel[i]!.id}/declarations`, { statement: 'No part', conflict: false }, who);
  await reviewing(world, id, 'dates', { code: 'start', date: ago(200) });
  await reviewing(world, id, 'terms', { text: 'From 2020 to the death' });
  await met(world, id, 'terms');
  return id;
}

/** A meeting of the whole panel that agreed something. */
export async function met(world: World, id: string, agreed: string): Promise<void> {
  const present = (await seen(world, id)).document.panel.map((m) => m.id);
  await reviewing(world, id, 'meetings', { on: ago(60), present, agreed: [agreed], minute: 'All agreed' });
}

/** That nobody of the family could be reached about something. */
export const unreached = (world: World, id: string, topic: string) =>
  reviewing(world, id, 'family/contacts', {
    ...{ topic, on: ago(50), channel: 'letter', spoke: 'The chair', outcome: 'not-reached', said: 'Three letters' },
  });

/** From its evidence to the agreed draft. The chronology is frozen, and no agency is asked for a review of its own. */
export async function agreedDraft(world: World, id: string): Promise<void> {
  await reviewing(world, id, 'chronology/versions', {});
  await confirmed(world, id, 'imrs', 'gwen');
  await step(world, id, 'DRAFTING');
  await met(world, id, 'draft');
}

/** Its agreed draft is read by those outside the panel. */
export async function draftedReview(world: World, id: string): Promise<void> {
  await step(world, id, 'READING');
  for (const guard of ['fact-check', 'disclosure-check']) await confirmed(world, id, guard);
}

/** What the council itself tells: nothing of it leaves an agency. */
export const toldByCouncil = (world: World, id: string) =>
  reviewing(world, id, 'chronology/items', {
    ...{ date: ago(420), event: 'Alice asked to move', source: 'C-1', seen: 'yes', informs: ['CHRONOLOGY'] },
    ...{ people: ['Alice'], theme: 'Housing', decision: 'Put on the list' },
  });

/** Signed off, with Alice protected and every file of the package released. */
export async function signedOffReview(world: World, id: string, released: readonly string[] = []): Promise<void> {
  await step(world, id, 'SIGN_OFF');
  await reviewing(world, id, 'dates', { code: 'report', date: ago(60) });
  await met(world, id, 'panel-signed');
  await reviewing(world, id, 'dates', { code: 'sign-off', date: ago(40) });
  for (const artefact of ['overview-report', 'summary', 'action-plan', 'data-form'])
    if (!released.includes(artefact)) await releasedFile(world, id, artefact);
}

export const protectedIn = (world: World, id: string) =>
  reviewing(world, id, 'release/people', {
    ...{ pseudonym: 'Alice', chosenBy: 'Her sister', why: 'A name that she liked' },
    identifiers: [
      { kind: 'full-name', value: 'Mira Kestle' },
      { kind: 'death-date', value: '2025-02-03' },
    ],
  });

/** Decided on and published, with a second person for it. */
export async function releasedForAll(
  world: World,
  id: string,
  copies: readonly string[] = ['home-office', 'commissioner'],
): Promise<void> {
  await confirmed(world, id, 'second-person', 'gwen');
  await confirmed(world, id, 'safe');
  for (const code of copies) await reviewing(world, id, 'copies', { code, sentOn: ago(1), receipt: 'R-1' });
  await step(world, id, 'PUBLISHED');
}

/** Published in full, from its notification on, by its people alone. */
export async function publishedReview(world: World): Promise<string> {
  const id = await setUpReview(world);
  await unreached(world, id, 'terms');
  await step(world, id, 'EVIDENCE');
  await toldByCouncil(world, id);
  await agreedDraft(world, id);
  await draftedReview(world, id);
  await unreached(world, id, 'reading');
  await protectedIn(world, id);
  await signedOffReview(world, id);
  await confirmed(world, id, 'answered', 'gwen');
  await step(world, id, 'CENTRAL_QA');
  await reviewing(world, id, 'submissions', { sentOn: ago(30), how: 'Secure mail', receipt: 'QA-1' });
  await reviewing(world, id, 'quality-letters', { receivedOn: ago(9), verdict: 'publish', points: [] });
  await step(world, id, 'PUBLICATION_DECISION');
  const decision = { decision: 'full', reasons: [], decider: 'The partnership', decidedOn: ago(1) };
  await reviewing(world, id, 'publication-decisions', decision);
  await unreached(world, id, 'publication-date');
  await releasedForAll(world, id);
  await reviewing(world, id, 'publications', { title: 'Review into the death of “Alice”', learning: 'Ask alone' });
  return id;
}

/** The family log of a review, with somebody who does not want to be contacted on one day. */
export async function familiarReview(world: World): Promise<string> {
  const id = await registeredReview(world);
  await reviewing(world, id, 'family/people', {
    ...{ name: 'Nia Sorrow', relationship: 'Her sister', safeWay: 'By text, after six', sensitiveDays: ['02-03'] },
  });
  await unreached(world, id, 'told');
  return id;
}
