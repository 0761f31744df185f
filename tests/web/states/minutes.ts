import { randomUUID } from 'node:crypto';
import { conference, does, made } from '../conferences';
import { at, sendWrongly, staffId, then } from '../stories';
import type { Drive, Drives } from '../world';

/** Minutes as a PDF in a state, as its asker finds it. */
const paper = (state: string, written: number): Drive =>
  at('idris', async (world) => {
    const [id, meetingId] = [randomUUID(), (await conference(world, 'issued')).at.split('/')[2]];
    await world.app.sql(
      `INSERT INTO risk.minutes_paper (id, meeting_id, state, user_id, org_id, parts, written, correlation_id, purpose, path, requested_at,
         ended_at, expires_at, claimed_until)
       SELECT $1, $2, $3, user_id, org_id, 17, $4, 'test', 'safeguarding', '/', now(), CASE WHEN $3 <> 'running' THEN now() END,
              CASE WHEN $3 = 'done' THEN now() + interval '1 day' END, now() + interval '1 hour' FROM risk.member WHERE user_id = $5`,
      [id, meetingId, state, written, await staffId(world, 'idris')],
    );
    return `/minutes-papers/${id}`;
  });

export const drives: Drives = {
  'meetings/minutes': {
    draft: at('gwen', async (world) => `${(await conference(world, 'draft')).at}/minutes`),
    issued: at('amina', async (world) => `${(await conference(world, 'issued')).at}/minutes`),
    amended: then(
      at('gwen', async (world) => {
        const { at: path, itemId } = await made(world, 'issued');
        const said = { part: 'harm', after: 'He may find her at work', reason: 'It was misheard' };
        const idris = world.app.as('idris');
        expect((await idris.post(`/api/risk/agenda-items/${itemId}/amendments`, said, { version: 1 })).status).toBe(
          201,
        );
        return `${path}/minutes`;
      }),
      async (page) => {
        await page.click('button:has-text("Agree")');
        await page.waitForSelector('text=The amendment is agreed');
        expect(await page.innerText('main')).toMatch(/proposed by .*, agreed by Gwen Harding/);
        // What a chair proposes somebody else answers: no button offers what is refused.
        await page.click('text=Put something right');
        await page.check('input[value="protective"]');
        await page.fill('#after', 'Her sister lives near');
        await page.fill('#reason', 'It was left out');
        await page.click('button:has-text("Propose the amendment")');
        await page.waitForSelector('text=You proposed it: somebody else who chairs agrees or refuses');
        expect(await page.locator('button:has-text("Agree")').count()).toBe(0);
      },
    ),
    error: then(
      at('gwen', async (world) => `${(await made(world, 'draft')).at}/minutes`),
      async (page, world) => {
        await does(world, 'gwen', `${new URL(page.url()).pathname.replace('/minutes', '')}/approvals`, {});
        await sendWrongly('Approve these minutes')(page);
      },
    ),
  },
  'meetings/decision-record': {
    filled: then(
      at('amina', async (world) => {
        const { itemId, at: path } = await made(world, 'open', 'channel');
        const item = `/agenda-items/${itemId}`;
        await does(world, 'idris', `${item}/ballots`, { decision: 'not-adopted' });
        const { votes } = (
          await world.app
            .as('amina')
            .get<{ votes: { ballots: { id: string }[]; may: { voteFor: string[] } } }>(`/api/risk${item}`)
        ).body;
        for (const [i, orgId] of votes.may.voteFor.entries()) {
          const vote = { ballot: votes.ballots[0]!.id, orgId, choice: i === 0 ? 'for' : 'abstain' };
          await does(world, 'amina', `${item}/votes`, vote);
        }
        const said = { decision: 'not-adopted', rationale: 'Nothing bears it out', recorded: 'His doctor was asked' };
        await does(world, 'amina', `${item}/decisions`, said);
        await does(world, 'idris', `${path}/steps`, { do: 'end-session' });
        return `${path}/minutes`;
      }),
      async (page) => {
        await page.click('text=Record of the decision');
        await page.waitForSelector('h1:has-text("Record of a decision")');
        const text = await page.innerText('main');
        for (const part of ['The chair who decided', 'Amina', 'His doctor was asked', 'Abstained', 'section'])
          expect(text).toContain(part);
      },
    ),
  },
  'meetings/minutes-paper': {
    running: paper('running', 3),
    done: paper('done', 17),
    failed: paper('failed', 0),
    ended: paper('expired', 17),
  },
};
