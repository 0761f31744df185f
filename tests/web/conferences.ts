import { addDays, civilDate } from '@concordat/clocks';
import { forumSetUp, northbankCcm, northbankChannel, northbankHub } from '../../apps/risk/src/forums/northbank.testing';
import { riskyCase } from './assessed';
import type { World } from './world';

const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
export const POLICE = 'f124a373-4ae1-46c1-8aff-fbb48ae8f95a';

/** How far a meeting is taken. */
export type Stage = 'planned' | 'agenda-issued' | 'in-session' | 'open' | 'heard' | 'draft' | 'issued';
const STAGES: readonly Stage[] = ['planned', 'agenda-issued', 'in-session', 'open', 'heard', 'draft', 'issued'];

/** A meeting with one case of the council and the police, by where its pages are. */
export interface Conference {
  readonly forumId: string;
  readonly caseId: string;
  /** `/meetings/…`. */
  readonly at: string;
  /** `/meetings/…/cases/…`. */
  readonly item: string;
  readonly itemId: string;
  /** Of the council, once the case is heard. */
  readonly action?: string;
}

const kept = new WeakMap<World, Map<Stage | 'case', Promise<unknown>>>();
function once<T>(world: World, what: Stage | 'case', make: () => Promise<T>): Promise<T> {
  const made = kept.get(world) ?? new Map<Stage | 'case', Promise<unknown>>();
  kept.set(world, made);
  if (!made.has(what)) made.set(what, make());
  return made.get(what) as Promise<T>;
}

/** One case for every meeting: a case of its own takes a second. */
export const conferenceCase = (world: World): Promise<string> =>
  once(world, 'case', async () => (await riskyCase(world)).caseId);

/** A meeting that has come so far, and that others look at too. */
export const conference = (world: World, stage: Stage): Promise<Conference> =>
  once(world, stage, () => made(world, stage));

/** How a referral and a forum of a kind are made for these pages, and who chairs there. */
const KINDS = {
  marac: { chair: 'gwen', forum: { advocateOrg: COUNCIL }, referral: {}, criterion: 'professional-judgement' },
  channel: {
    ...{ chair: 'amina', forum: northbankChannel(), referral: { homeOrg: POLICE }, criterion: 'reasonable-grounds' },
  },
  mash: { chair: 'gwen', forum: northbankHub(), referral: {}, criterion: 'several-agencies' },
  ccm: {
    ...{ chair: 'gwen', forum: northbankCcm(), criterion: 'several-agencies' },
    referral: {
      diverts: [{ code: 'domestic-abuse-only', applies: true, reason: 'The neighbours are harmed as well' }],
    },
  },
};

/** As `conference`, for whoever changes it. */
export async function made(world: World, stage: Stage, kind: keyof typeof KINDS = 'marac'): Promise<Conference> {
  const { chair, forum, referral, criterion } = KINDS[kind];
  const [caseId, forumId] = [await conferenceCase(world), await forumSetUp(world.app, forum)];
  const { people } = (
    await world.app.as('amina').get<{ people: string[] }>(`/api/risk/cases/${caseId}/forum-referrals`)
  ).body;
  const { body: meeting } = await does(world, 'idris', `/forums/${forumId}/meetings`, {
    heldOn: civilDate(new Date()),
  });
  await does(world, 'amina', `/cases/${caseId}/forum-referrals`, {
    ...{ forumId, subjectId: people[0], otherIds: people.slice(1, 2), consent: { answer: 'given' } },
    criteria: [{ code: criterion, evidence: 'He is let out on Friday' }],
    ...referral,
  });
  const id = meeting.id!;
  const { body } = await world.app.as('idris').get<{ items: { id: string }[] }>(`/api/risk/meetings/${id}`);
  const itemId = body.items[0]!.id;
  let action: string | undefined;
  const step = (what: string, who = 'idris') =>
    does(world, who, `/meetings/${id}/steps`, { do: what, statementRead: true });
  const steps: Readonly<Record<Stage, () => Promise<void>>> = {
    planned: () => Promise.resolve(),
    'agenda-issued': async () => void (await step('close-referrals'), await step('issue-agenda')),
    'in-session': async () => {
      await step('open-session', chair);
      for (const who of new Set([chair, 'gwen', 'idris']))
        await does(world, who, `/meetings/${id}/signatures`, { agreed: true, noConflict: true });
    },
    open: async () => void (await does(world, chair, `/agenda-items/${itemId}/openings`, {})),
    heard: async () => {
      const said = { what: 'Tell her when he is let out', ownerOrg: COUNCIL, dueOn: addDays(civilDate(new Date()), 7) };
      action = (await does(world, chair, `/agenda-items/${itemId}/actions`, said)).body.id;
      await does(world, chair, `/agenda-items/${itemId}/decisions`, {
        decision: 'plan-agreed',
        rationale: 'He knows where she lives',
      });
    },
    draft: async () => void (await step('end-session')),
    issued: async () =>
      void (await does(world, chair, `/meetings/${id}/approvals`, {}), await step('issue-minutes', chair)),
  };
  for (const each of STAGES.slice(0, STAGES.indexOf(stage) + 1)) await steps[each]();
  return {
    forumId,
    caseId,
    itemId,
    at: `/meetings/${id}`,
    item: `/meetings/${id}/cases/${itemId}`,
    ...(action ? { action } : {}),
  };
}

/** Does something through the API, from the version that it has. */
export async function does(world: World, who: string, path: string, body: object) {
  const caller = world.app.as(who);
  const [, noun, id] = path.split('/');
  let version: number | undefined;
  if (noun === 'meetings' || noun === 'agenda-items' || noun === 'conference-actions') {
    const seen = (
      await caller.get<{ version?: number; meeting?: { version: number }; item?: { version: number } }>(
        `/api/risk/${noun}/${id}`,
      )
    ).body;
    version = noun === 'meetings' ? seen.meeting?.version : noun === 'agenda-items' ? seen.item?.version : seen.version;
  }
  const done = await caller.post<{ id?: string }>(`/api/risk${path}`, body, version === undefined ? {} : { version });
  expect([path, done.status < 300, done.body]).toEqual([path, true, expect.anything()]);
  return done;
}
