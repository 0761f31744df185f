import { forumSetUp, northbankCcm, northbankChannel } from '../../../apps/risk/src/forums/northbank.testing';
import { riskyCase } from '../assessed';
import { conference, conferenceCase, does, made, POLICE, type Stage } from '../conferences';
import { at, sendWrongly, staffId, then } from '../stories';
import type { Drive, Drives, World } from '../world';

const meeting = (who: string, stage: Stage, path = ''): Drive =>
  at(who, async (world) => (await conference(world, stage)).at + path);
const item = (who: string, stage: Stage, path = ''): Drive =>
  at(who, async (world) => (await conference(world, stage)).item + path);
const refer = (forumOf: (world: World) => Promise<string | null>): Drive =>
  at('amina', async (world) => {
    const id = await forumOf(world);
    return `/cases/${await conferenceCase(world)}/refer-to-forum${id ? `?forum=${id}` : ''}`;
  });
const planned = async (world: World): Promise<string> => (await conference(world, 'planned')).forumId;
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
const calling = (): Drive => referral('/emergency-meeting');
/** Of a case that a Channel panel, or a hub, is to hear. */
const beginning = (kind: 'channel' | 'mash' = 'channel'): Drive =>
  at('idris', async (world) => {
    const { forumId, caseId } = await made(world, 'planned', kind);
    const path = `/cases/${caseId}/forum-referrals`;
    const { items } = (
      await world.app.as('idris').get<{ items: { id: string; forumId: string }[] }>(`/api/risk${path}`)
    ).body;
    return `${path}/${items.find((item) => item.forumId === forumId)!.id}/stage`;
  });
/** The council speaks with the person harmed, at the forums of these pages. */
const contact = (): Drive =>
  at('amina', async (world) => {
    await conference(world, 'planned');
    const { items } = (await world.app.as('amina').get<{ items: { id: string }[] }>('/api/risk/advocate-contacts'))
      .body;
    return `/advocate-contacts/${items[0]!.id}`;
  });
const action = (stage: Stage): Drive =>
  at('amina', async (world) => `/conference-actions/${(await conference(world, stage)).action}`);
export const drives: Drives = {
  'meetings/forums': {
    filled: then(
      at('gwen', async (world) => (await conference(world, 'planned'), '/forums')),
      async (page) => expect(await page.innerText('main')).toContain('Northbank MARAC'),
    ),
    // By the link of the administration: no heading, and no link, of what she may not open.
    administered: then(
      at('lena', async (world) => (await conference(world, 'planned'), '/administration')),
      async (page) => {
        await page.click('main a:has-text("Forums and how they work")');
        expect(await page.innerText('main')).toMatch(
          /^Forums\s+Your agency’s wording of instruments\s+Forums of the partnership\s+[\s\S]*Northbank MARAC/,
        );
      },
    ),
  },
  'meetings/referrals': {
    filled: then(
      at('idris', async (world) => `/cases/${(await made(world, 'planned')).caseId}/forum-referrals`),
      async (page, world) => {
        expect(await page.innerText('main')).toContain('What becomes of the referral to');
        // Another of the same matter: whoever leads says which of the two stays.
        const { caseId, forumId } = await made(world, 'planned');
        const path = `/cases/${caseId}/forum-referrals`;
        const { people } = (await world.app.as('amina').get<{ people: string[] }>(`/api/risk${path}`)).body;
        await does(world, 'amina', path, {
          ...{ forumId, subjectId: people[0], otherIds: people.slice(1, 2), consent: { answer: 'given' } },
          criteria: [{ code: 'professional-judgement', evidence: 'He waited at her work' }],
        });
        await page.reload();
        await page.check('input[value="merge"]');
        await page.fill('#words', 'The same evening');
        await sendWrongly('Keep it')(page);
        expect(await page.innerText('.govuk-error-summary')).toContain('Choose the referral that stays');
        await page.selectOption('#into', { index: 1 });
        await page.click('button:has-text("Keep it")');
        await page.waitForSelector('text=was merged into this one');
        expect(await page.innerText('main')).toContain('which stays');
      },
    ),
    empty: at('amina', async (world) => `/cases/${(await riskyCase(world)).caseId}/forum-referrals`),
    error: then(
      at('idris', async (world) => `/cases/${(await made(world, 'planned')).caseId}/forum-referrals`),
      async (page) => {
        await page.check('input[value="not-accept"]');
        await page.fill('#words', 'No criterion is met');
        await sendWrongly('Keep it')(page);
        expect(await page.innerText('.govuk-error-summary')).toContain('Say what to do instead');
        expect(await page.inputValue('#words')).toBe('No criterion is met');
      },
    ),
  },
  'meetings/flags': {
    filled: then(
      at('gwen', async (world) => (await conference(world, 'heard'), '/forum-flags')),
      async (page) => expect(await page.innerText('main')).toContain('To be marked'),
    ),
    empty: at('nia', '/forum-flags'),
    error: then(
      at('amina', async (world) => (await made(world, 'heard'), '/forum-flags')),
      async (page, world) => {
        const { items } = (
          await world.app.as('amina').get<{ items: { id: string; version: number }[] }>('/api/risk/forum-flags')
        ).body;
        for (const { id, version } of items)
          await world.app.as('amina').post(`/api/risk/forum-flags/${id}/steps`, { do: 'confirm' }, { version });
        await sendWrongly('It is marked')(page);
      },
    ),
  },
  'meetings/refer': {
    choose: then(
      refer(async (world) => (await conference(world, 'planned'), null)),
      async (page) => {
        await page.click('button:has-text("Continue")');
        await page.waitForSelector('.govuk-error-summary >> text=Choose a forum');
      },
    ),
    asking: refer(planned),
    panel: then(
      refer((world) => forumSetUp(world.app, northbankChannel())),
      async (page) => {
        expect(await page.innerText('main')).toContain('Police force for the area where the person lives');
        await page.check('input[name="homeOrg"]');
      },
    ),
    diverts: then(
      refer(async (world) => (await conference(world, 'planned'), forumSetUp(world.app, northbankCcm()))),
      async (page) => {
        for (const box of ['subjectId', 'consent.answer', 'criteria']) await page.check(`input[name="${box}"]`);
        await page.check('input[name="diverts.domestic-abuse-only"][value="yes"]');
        await sendWrongly('Refer the case')(page);
        expect(await page.innerText('.govuk-error-summary')).toContain(
          'Cases solely about domestic abuse go to the MARAC',
        );
        expect(await page.innerText('main')).toContain('Refer it to Northbank MARAC');
      },
    ),
    'not-possible': then(
      refer(async (world) => forumSetUp(world.app, { chairs: [await staffId(world, 'bevan')] })),
      async (page) => expect(await page.innerText('main')).toContain('they could not hear it'),
    ),
    error: then(refer(planned), sendWrongly('Refer the case')),
  },
  'meetings/meeting': {
    planned: meeting('idris', 'planned'),
    'agenda-issued': meeting('gwen', 'agenda-issued'),
    'in-session': meeting('amina', 'in-session'),
    'nothing-to-see': then(meeting('nia', 'in-session'), async (page) =>
      expect(await page.innerText('main')).toContain('no case on this agenda that you may see'),
    ),
    // Of an agency in the case, and on no screen of theirs is there a case.
    observing: async (world) => {
      const { at: path } = await made(world, 'in-session');
      const rhys = { do: 'name', userId: await staffId(world, 'rhys'), orgId: POLICE, why: 'A new colleague' };
      await does(world, 'idris', `${path}/observers`, rhys);
      const page = await world.as('rhys');
      await page.goto(world.url + path);
      await page.click('text=Sign the confidentiality statement');
      await page.check('[name="agreed"]');
      await page.click('button:has-text("Sign the statement")');
      await page.waitForSelector('text=You have signed');
      expect(await page.innerText('main')).toContain('You see none of its cases here');
      expect(await page.innerText('main')).not.toContain('Agenda');
      return page;
    },
    cancelled: then(
      at('idris', async (world) => `${(await made(world, 'agenda-issued')).at}/cancel`),
      async (page) => {
        await page.fill('#reason', 'The building is closed');
        await page.click('button:has-text("Cancel the meeting")');
        await page.waitForSelector('text=The meeting is cancelled, and everybody named for it is told');
        expect(await page.innerText('main')).toMatch(/Cancelled by .*The building is closed/s);
        await page.click('text=Back to Northbank MARAC');
        expect(await page.innerText('main')).toContain('Cancelled');
        await page.goBack();
      },
    ),
    error: then(meeting('gwen', 'agenda-issued'), sendWrongly('Open the session')),
  },
  'meetings/sign': {
    asking: meeting('amina', 'in-session', '/sign'),
    error: then(meeting('amina', 'in-session', '/sign'), sendWrongly('Sign the statement')),
  },
  'meetings/research': {
    asking: item('gwen', 'agenda-issued', '/research'),
    error: then(item('gwen', 'agenda-issued', '/research'), sendWrongly('Return it')),
    conflict: then(item('moss', 'in-session', '/research'), async (page, world) => {
      const { itemId } = await conference(world, 'in-session');
      const theirs = { answer: 'nil', words: '', informs: [] };
      expect(
        (await world.app.as('gwen').put(`/api/risk/agenda-items/${itemId}/research`, theirs, { version: 0 })).status,
      ).toBe(200);
      await page.check('input[value="not-known"]');
      await page.click('button:has-text("Return it")');
      await page.waitForSelector('text=Yours has not been saved yet');
    }),
  },
  'meetings/research-owed': {
    filled: then(
      at('moss', async (world) => (await conference(world, 'agenda-issued'), '/research-owed')),
      async (page) => expect(await page.innerText('main')).toContain('Northbank MARAC'),
    ),
    empty: at('hana', '/research-owed'),
  },
  'meetings/defer': {
    asking: item('idris', 'planned', '/defer'),
    error: then(item('idris', 'planned', '/defer'), sendWrongly('Put it off')),
  },
  'meetings/session': {
    before: item('idris', 'planned'),
    // On the agenda, where research is asked for, and in session it says why it is not at the forum that such cases go to.
    diverted: then(
      at('idris', async (world) => (await made(world, 'agenda-issued', 'ccm')).at),
      async (page) => {
        const said = /go to the MARAC\.\s+Referred here nevertheless:\s+The neighbours are harmed as well/;
        expect(await page.innerText('main')).toMatch(said);
        await page.click('tbody th a');
        await page.waitForSelector('h2:has-text("Why it is here")');
        const here = page.url();
        await page.goto(`${here}/research`);
        expect(await page.innerText('main')).toMatch(said);
        await page.goto(here);
        expect(await page.innerText('main')).toMatch(said);
      },
    ),
    unsigned: then(item('amina', 'open'), async (page) =>
      expect(await page.innerText('main')).toContain('to see what is said of this case'),
    ),
    open: item('gwen', 'open'),
    // By keyboard: whoever takes notes puts it to the vote and writes down how each member votes.
    voting: then(
      at('idris', async (world) => (await made(world, 'open', 'channel')).item),
      async (page) => {
        await page.selectOption('#put', 'adopted');
        await page.press('button:has-text("Put it to the vote")', 'Enter');
        await page.waitForSelector('text=It is put to the vote');
        expect(await page.innerText('main')).toContain('Still to vote: 2');
        for (const name of ['Northbank Council', 'Northbank Police']) {
          await page.press(`button:has-text("For: ${name}")`, 'Enter');
          await page.waitForSelector(`text=${name}: For`);
        }
        expect(await page.innerText('main')).toContain('Carried by all who were there. For: 2, against: 0');
      },
    ),
    voted: then(
      at('amina', async (world) => {
        const { item: path, itemId } = await made(world, 'open', 'channel');
        await does(world, 'amina', `/agenda-items/${itemId}/ballots`, { decision: 'not-adopted' });
        const { votes } = (
          await world.app
            .as('amina')
            .get<{ votes: { ballots: { id: string }[]; may: { voteFor: string[] } } }>(
              `/api/risk/agenda-items/${itemId}`,
            )
        ).body;
        for (const [i, orgId] of votes.may.voteFor.entries()) {
          const vote = { ballot: votes.ballots[0]!.id, orgId, choice: i === 0 ? 'for' : 'abstain' };
          await does(world, 'amina', `/agenda-items/${itemId}/votes`, vote);
        }
        return path;
      }),
      async (page) => {
        expect(await page.innerText('main')).toContain('No majority: a chair decides');
        await page.check('input[value="not-adopted"]');
        await page.fill('#rationale', 'He was curious, no more');
        await sendWrongly('Keep the decision')(page);
        await page.fill('[name="recorded.not-adopted"]', 'His doctor was asked, who sees no need');
        await page.click('button:has-text("Keep the decision")');
        await page.waitForSelector('text=What was decided is kept');
        expect(await page.innerText('main')).toContain('By a chair, as there was no majority');
      },
    ),
    heard: item('gwen', 'heard'),
    error: then(item('gwen', 'open'), sendWrongly('Keep the decision')),
    // With our script what two type is merged: only without it does anybody see this.
    conflict: async (world) => {
      const { item: here, itemId } = await conference(world, 'open');
      const page = await world.as('gwen');
      await page.route('**/assets/browser-*', (route) => route.abort());
      await page.goto(world.url + here);
      const { version } = (
        await world.app.as('idris').get<{ version: number }>(`/api/risk/agenda-items/${itemId}/notes`)
      ).body;
      const theirs = { harm: 'He may find her at work' };
      await world.app.as('idris').put(`/api/risk/agenda-items/${itemId}/notes`, theirs, { version });
      await page.fill('#harm', 'He may find her at home');
      await page.click('button:has-text("Keep the summary")');
      await page.waitForSelector('text=He may find her at work');
      expect(await page.innerText('main')).toContain('He may find her at home');
      return page;
    },
  },

  'meetings/stage': {
    asking: beginning(),
    error: then(beginning(), async (page) => {
      await sendWrongly('Put it on record')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('Choose the stage');
      await page.check('input[value="police-assessment"]');
      await page.click('button:has-text("Put it on record")');
      const main = await page.innerText('main');
      expect(main).toMatch(
        /Assessment by the police: began[\s\S]*RUNS[\s\S]*\(Guidance; no deadline\)[\s\S]*by Idris/i,
      );
      await page.click('a:has-text("Put on record that a stage began")');
      await sendWrongly('Put it on record')(page);
    }),
    // Of a hub two run at once, and one ends by itself.
    beside: then(beginning('mash'), async (page) => {
      const keep = async (value: string) => {
        await page.check(`input[value="${value}"]`);
        await page.click('button:has-text("Put it on record")');
        await page.click('a:has-text("Put on record that a stage began") >> nth=0');
      };
      for (const stage of ['gathering', 'strategy-discussion']) await keep(stage);
      expect(await page.innerText('main')).toMatch(
        /what agencies know has run since .* Strategy discussion has run since/,
      );
      await keep('ended.gathering');
      expect(await page.innerText('main')).not.toContain('what agencies know has run');
    }),
  },
  'meetings/emergency': {
    asking: calling(),
    error: then(calling(), async (page) => {
      await page.fill('#startsAt', '09:30');
      await page.fill('#heldOn-year', '2030');
      await page.fill('#reason', 'He is let out today');
      await sendWrongly('Call the meeting')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('An emergency meeting begins within 48 hours');
      expect(await page.inputValue('#reason')).toBe('He is let out today');
    }),
  },
  'meetings/contacts': {
    filled: then(
      at('amina', async (world) => (await conference(world, 'planned'), '/advocate-contacts')),
      async (page) => expect(await page.innerText('main')).toContain('Not tried yet'),
    ),
    empty: at('nia', '/advocate-contacts'),
  },
  'meetings/contact': {
    asked: contact(),
    error: then(contact(), async (page) => {
      await page.check('[name="way"][value="phone"]');
      await page.check('[name="safe"][value="not-known"]');
      await page.check('[name="outcome"][value="message-left"]');
      for (const part of ['day', 'month']) await page.fill(`#on-${part}`, '1');
      await page.fill('#on-year', '2026');
      await page.fill('#time', '10:00');
      await sendWrongly('Keep it')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('not known to be safe');
      expect(await page.inputValue('#time')).toBe('10:00');
    }),
  },
  'meetings/amend': {
    asking: item('idris', 'issued', '/amend'),
    error: then(item('idris', 'issued', '/amend'), async (page) => {
      await page.fill('#after', 'He may find her at work');
      await sendWrongly('Propose the amendment')(page);
      expect(await page.inputValue('#after')).toBe('He may find her at work');
    }),
  },
  'meetings/actions': {
    filled: at('amina', async (world) => (await conference(world, 'heard'), '/conference-actions')),
    filtered: then(at('nia', '/conference-actions?only=overdue'), async (page) =>
      expect(await page.innerText('main')).toContain('No action matches these filters'),
    ),
    empty: at('nia', '/conference-actions'),
  },
  'meetings/action': {
    open: action('heard'),
    ended: then(action('issued'), async (page, world) => {
      const { action: id } = await conference(world, 'issued');
      const ends = { do: 'not-possible', words: 'She has moved away' };
      await does(world, 'amina', `/conference-actions/${id}/steps`, ends);
      await page.reload();
      expect(await page.innerText('main')).toContain('It has come to an end');
    }),
    error: then(action('heard'), sendWrongly('Keep it')),
  },
};
