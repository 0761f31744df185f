import { forumSetUp, northbankCcm, northbankChannel } from '../../../apps/risk/src/forums/northbank.testing';
import { conference, made } from '../conferences';
import { at, sendWrongly, staffId, then } from '../stories';
import type { Drive, Drives, World } from '../world';

const forum = (who: string): Drive =>
  at(who, async (world) => `/forums/${(await conference(world, 'planned')).forumId}`);
const planned = async (world: World): Promise<string> => (await conference(world, 'planned')).forumId;
/** A forum with so many meetings, one a week. */
const withMeetings = (count: number) => async (world: World) => {
  const forumId = await forumSetUp(world.app, { advocateOrg: undefined });
  await world.app.sql(
    `INSERT INTO risk.meeting (id, forum_id, forum_version, pack, version, state, held_on, starts_at, place, cut_off_on, research_by, statement)
     SELECT gen_random_uuid(), $1, 1, 'test', 1, 'planned', current_date + 7 * n, '09:30', 'Civic Centre', current_date, current_date, 'Said'
       FROM generate_series(1, $2) n`,
    [forumId, count],
  );
  return `/forums/${forumId}`;
};
/** Of the referral that waits for the meeting that is planned. */
const referral = (page: string): Drive =>
  at('idris', async (world) => {
    const { forumId, caseId } = await conference(world, 'planned');
    const path = `/cases/${caseId}/forum-referrals`;
    const { items } = (
      await world.app.as('idris').get<{ items: { id: string; forumId: string }[] }>(`/api/risk${path}`)
    ).body;
    return `${path}/${items.find((item) => item.forumId === forumId)!.id}${page}`;
  });
/** To a forum of another area that the same agency leads. */
const transferred = (): Drive =>
  at('amina', async (world) => {
    const [from, amina] = [await made(world, 'planned'), await staffId(world, 'amina')];
    const toForum = await forumSetUp(world.app, { title: 'Eastvale MARAC', chairs: [amina], coordinators: [amina] });
    const idris = world.app.as('idris');
    const { items } = (
      await idris.get<{ items: { id: string; forumId: string }[] }>(`/api/risk/cases/${from.caseId}/forum-referrals`)
    ).body;
    const { id } = items.find((item) => item.forumId === from.forumId)!;
    const body = { toForum, reason: 'She has moved', informs: ['RISK'] };
    const sent = await idris.post<{ id: string }>(`/api/risk/forum-referrals/${id}/transfers`, body, { version: 1 });
    return `/forum-transfers/${sent.body.id}`;
  });

export const drives: Drives = {
  'meetings/forum': {
    lead: forum('idris'),
    'not-a-member': forum('hana'),
    paged: then(at('idris', withMeetings(30)), async (page) => {
      await page.click('a[rel="next"]');
      await page.waitForURL(/cursor=/);
      expect(await page.locator('main a[href^="/meetings/"]').count()).toBe(5);
      await page.click('a[rel="prev"]');
      await page.waitForFunction(`document.querySelectorAll('main a[href^="/meetings/"]').length === 25`);
    }),
    panel: then(
      at('amina', async (world) => `/forums/${await forumSetUp(world.app, northbankChannel())}`),
      async (page) => {
        const text = await page.innerText('main');
        expect(text).toMatch(
          /It has no return[\s\S]*First stage\s+When the stage began\s+5 working days\s+Not verified/,
        );
      },
    ),
    error: then(forum('idris'), async (page) => {
      await page.fill('#heldOn-day', '');
      await sendWrongly('Plan the meeting')(page);
    }),
  },
  'meetings/forum-set-up': {
    asking: at('idris', '/forums/set-up'),
    error: then(at('idris', '/forums/set-up'), async (page) => {
      await page.fill('#title', 'Eastvale MARAC');
      await sendWrongly('Set up the forum')(page);
      expect(await page.inputValue('#title')).toBe('Eastvale MARAC');
    }),
  },
  'meetings/forum-settings': {
    thresholds: then(
      at('idris', async (world) => `/forums/${await forumSetUp(world.app, { advocateOrg: undefined })}/settings`),
      async (page) => {
        const field = (name: string) => `[id="bandings.safelives-dash${name}"]`;
        await page.selectOption(field(''), 'own');
        await page.fill(field('.from.medium'), '8');
        await page.fill(field('.from.high'), '8');
        await sendWrongly('Keep these settings')(page);
        expect(await page.innerText('.govuk-error-summary')).toMatch(
          /Enter a score for High above 8\s+Say who decided these thresholds, and when/,
        );
        await page.fill(field('.from.high'), '12');
        await page.fill(field('.source'), 'Steering group, 4 November 2026');
        await page.click('button:has-text("Keep these settings")');
        await page.waitForURL(/done=changed/);
        expect(await page.innerText('main')).toContain('Medium from 8, High from 12. Steering group, 4 November 2026');
        // Folded up, below.
        const versions = (await page.textContent('main'))?.replace(/\s+/g, ' ');
        expect(versions).toMatch(/Version 2.*Changed: [^.]*thresholds of risk/);
      },
    ),
    asking: at('idris', async (world) => `/forums/${await planned(world)}/settings`),
    error: then(
      at('idris', async (world) => `/forums/${await planned(world)}/settings`),
      async (page) => {
        await page.fill('#quorum', '30');
        await sendWrongly('Keep these settings')(page);
        expect(await page.innerText('.govuk-error-summary')).toContain(
          'More agencies than sit on it can never be there',
        );
      },
    ),
  },
  'meetings/transfer': {
    diverts: then(
      at('idris', async (world) => {
        const { caseId, forumId } = await made(world, 'planned', 'ccm');
        await forumSetUp(world.app, { ...northbankCcm(), title: 'Eastvale community MARAC' });
        const path = `/cases/${caseId}/forum-referrals`;
        const { items } = (
          await world.app.as('idris').get<{ items: { id: string; forumId: string }[] }>(`/api/risk${path}`)
        ).body;
        return `${path}/${items.find((each) => each.forumId === forumId)!.id}/transfer`;
      }),
      async (page) => {
        const why = '[id="diverts.domestic-abuse-only.reason"]';
        expect(await page.inputValue(why)).toBe('The neighbours are harmed as well');
        await page.fill(why, '');
        await page.check('[name="toForum"] >> nth=0');
        await page.check('[name="informs"] >> nth=0');
        await page.fill('#reason', 'She has moved');
        await sendWrongly('Transfer it')(page);
        expect(await page.innerText('.govuk-error-summary')).toContain(
          'Cases solely about domestic abuse go to the MARAC',
        );
      },
    ),
    asking: referral('/transfer'),
    error: then(referral('/transfer'), async (page) => {
      await page.fill('#reason', 'She has moved');
      await sendWrongly('Transfer it')(page);
      expect(await page.inputValue('#reason')).toBe('She has moved');
    }),
  },
  'meetings/transferred': {
    sent: transferred(),
    acknowledged: then(transferred(), async (page, world) => {
      const path = new URL(page.url()).pathname;
      const to = { words: 'Heard here on Friday' };
      expect((await world.app.as('amina').post(`/api/risk${path}/acknowledgements`, to, { version: 1 })).status).toBe(
        201,
      );
      await page.reload();
      expect(await page.innerText('main')).toContain('Heard here on Friday');
    }),
    error: then(transferred(), sendWrongly('Acknowledge the transfer')),
  },
};
