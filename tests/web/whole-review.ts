import { activeAgreement } from './agreements';
import { choose, fill, fillDate, flash, press } from './pressing';
import {
  agreedDraft,
  begunReview,
  confirmed,
  draftedReview,
  releasedForAll,
  setUpReview,
  signedOffReview,
  toldByCouncil,
} from './reviewed';
import { actedOn, ago, reviewing, seen } from './reviews';
import type { World } from './world';

export { followedUp } from './followed-up';

/**
 * A domestic homicide review from its notification to its last recommendation: what is shown for the first time, in the browser
 * without JavaScript; what other journeys show already, through the routes of the same people. Nothing is set in the database.
 */
export async function wholeReview(world: World): Promise<void> {
  const id = await setUpReview(world);
  const opened = async (who: string) => (await world.signedIn(who, { javaScriptEnabled: false })).newPage();
  const jo = await opened('jo');
  const at = `${world.url}/reviews/${id}`;
  /** From what is missing for a step to where it is put right. */
  const mend = async (to: string, text: string) => {
    await jo.goto(`${at}/step/${to}`);
    await jo.click(`li:has-text("${text}") a`);
  };
  const step = async (to: string, reason?: string, of = at) => {
    await jo.goto(`${of}/step/${to}`);
    if (reason !== undefined) await fill(jo, 'reason', reason);
    await press(jo, 'Take this step');
    expect(await flash(jo)).toContain('The step is taken');
  };

  // The family is asked, in a log that the panel does not see.
  await jo.goto(`${at}/record/family-person`);
  for (const name of ['name', 'relationship', 'safeWay']) await fill(jo, name, `Sister: ${name}`);
  await fill(jo, 'sensitiveDays', '3 February');
  await press(jo, 'Keep it');
  expect(await jo.innerText('.govuk-error-summary')).toContain('Enter each as day and month');
  const hurts = new Date(`${ago(-100)}T00:00:00Z`);
  await fill(jo, 'sensitiveDays', `${hurts.getUTCDate()}/${hurts.getUTCMonth() + 1}`);
  await press(jo, 'Keep it');
  expect(await flash(jo)).toContain('They are in the family log');
  const spoken = async (outcome: string, words: Record<string, string> = {}) => {
    await jo.locator('[id="personId"]').selectOption({ index: 1 });
    await fillDate(jo, 'on', ago(0));
    await choose(jo, 'channel', 'in-person');
    await fill(jo, 'spoke', 'The chair');
    await choose(jo, 'outcome', outcome);
    for (const [name, value] of Object.entries(words)) await fill(jo, name, value);
    await press(jo, 'Record it');
  };
  await mend('EVIDENCE', 'family’s view');
  await spoken('answered');
  expect(await jo.innerText('.govuk-error-summary')).toContain('Enter what they said');
  await fill(jo, 'said', 'SecretWords of her sister');
  await press(jo, 'Record it');
  expect(await jo.innerText('main')).toMatch(
    new RegExp(`${dayInWords(hurts)}[\\s\\S]*Their view of the terms[\\s\\S]*SecretWords`),
  );
  const amina = await opened('amina');
  await amina.goto(at);
  expect(await amina.innerText('main')).toContain('the family: Their view of the terms of reference. They answered');
  expect(await amina.innerText('main')).not.toContain('SecretWords');
  expect((await amina.goto(`${at}/family`))?.status()).toBe(403);
  await step('EVIDENCE');

  // There is a trial: drafts stay with the panel, and the report has a later date, agreed when the first had passed.
  const paused = async (from: number) => {
    await jo.goto(at);
    await press(jo, 'Pause');
    await choose(jo, 'reason', 'criminal');
    await fill(jo, 'askedBy', 'The senior investigating officer');
    await fill(jo, 'agreedBy', 'The chair');
    await fillDate(jo, 'from', ago(from));
    await fillDate(jo, 'reviewOn', ago(-30));
    await press(jo, 'Pause it');
    expect(await flash(jo)).toContain('The review is paused');
  };
  await paused(100);
  await jo.click('tr:has(th:has-text("DHR-2")) a');
  await fillDate(jo, 'to', ago(-90));
  await fillDate(jo, 'agreedOn', ago(0));
  for (const approver of ['panel', 'csp']) await jo.check(`input[name="approvers"][value="${approver}"]`);
  await fill(jo, 'reason', 'The trial');
  await press(jo, 'Agree it');
  expect(await jo.innerText('tr:has(th:has-text("DHR-2"))')).toMatch(
    /Agreed: [\s\S]*The trial[\s\S]*Agreed late: overdue from/,
  );

  // Another review of the same death is taken in by this one, and says by which.
  const other = `${world.url}/reviews/${await begunReview(world)}`;
  await jo.goto(`${other}/step/JOINED`);
  await jo.click('li:has-text("which review takes this one in") a');
  await choose(jo, 'relation', 'joinedTo');
  await fill(jo, 'reference', (await seen(world, id)).reference);
  await fill(jo, 'note', 'One death');
  await jo.locator('main form button').first().click();
  await jo.goto(`${other}/step/JOINED`);
  await jo.click('li:has-text("takes this one in, and its own terms") a');
  await fill(jo, 'evidence', 'Terms 1');
  await press(jo, 'Confirm');
  await step('JOINED', 'One death, one review', other);
  expect(await jo.innerText('h1')).toContain('Joined');
  await jo.goto(at);
  expect(await jo.innerText('main')).toMatch(/It takes in[\s\S]*SR-/);

  // What agencies tell is decided one by one: without an agreement nothing enters.
  const tells = async (who: string, event: string, day: number, decision: string) => {
    const page = await opened(who);
    await page.goto(`${at}/record/evidence`);
    await fillDate(page, 'date', ago(day));
    for (const [name, value] of Object.entries({ event, source: 'Log 7', people: 'Alice', theme: 'Calls', decision }))
      await fill(page, name, value);
    await choose(page, 'seen', 'yes');
    await page.check('input[value="CHRONOLOGY"]');
    await press(page, 'Give it to the review');
    return page;
  };
  const gwen = await tells('gwen', 'She called at night', 430, 'No further action');
  expect(await gwen.innerText('.govuk-error-summary')).toContain('No agreement permits');
  expect(await gwen.inputValue('[id="event"]')).toBe('She called at night');
  await activeAgreement(world, 'death-review', 'Reviews of deaths');
  await press(gwen, 'Give it to the review');
  expect(await flash(gwen)).toContain('an agreement permits it');
  await tells('carys', 'Seen after a call', 425, 'Told the police');
  await toldByCouncil(world, id);
  await mend('DRAFTING', 'chronology');
  expect(await jo.innerText('main')).toMatch(
    /Northbank Police[\s\S]*She called at night[\s\S]*Eastvale NHS Trust[\s\S]*Seen after a call[\s\S]*Alice asked/,
  );
  await press(jo, 'Two entries are one event');
  for (const [name, index] of Object.entries({ one: 1, other: 2 }))
    await jo.locator(`[id="${name}"]`).selectOption({ index });
  await fill(jo, 'why', 'One night');
  await press(jo, 'Put them together');
  expect(await jo.innerText('tbody tr:first-child')).toMatch(/dates cannot all be right[\s\S]*decisions differ/);
  await choose(jo, 'theme', 'Housing');
  await press(jo, 'Apply filters');
  expect(await jo.locator('tbody tr').count()).toBe(1);
  const csv = await jo.request.get(`${at}/chronology.csv`);
  expect(await csv.text()).toMatch(
    /^Event,Date[\s\S]*1,.*Northbank Police[\s\S]*1,.*Eastvale NHS Trust[\s\S]*2,.*Council/,
  );
  await agreedDraft(world, id);
  await mend('READING', 'keep drafts within the panel');
  const resumed = async (ending: string, on: number) => {
    await jo.locator('[id="pause"]').selectOption({ index: 1 });
    await fillDate(jo, 'on', ago(on));
    await choose(jo, 'ending', ending);
    await press(jo, 'Resume it');
  };
  await resumed('released', 30);
  await draftedReview(world, id);
  await mend('SIGN_OFF', 'offered to read it');
  await spoken('answered', { said: 'It is fair', change: 'Nothing' });
  expect(await flash(jo)).toContain('The contact is recorded');

  // Somebody is protected, found in a file, and the next one is released by the chair.
  await jo.goto(`${at}/release`);
  await press(jo, 'Enter somebody');
  await fill(jo, 'pseudonym', 'Kestle');
  await fill(jo, 'full-name', 'Mira Kestle');
  for (const name of ['chosenBy', 'why']) await fill(jo, name, 'Her sister');
  await press(jo, 'Protect them');
  expect(await jo.innerText('.govuk-error-summary')).toContain('must not hold a name of theirs');
  await fill(jo, 'pseudonym', 'Alice');
  await fillDate(jo, 'death-date', '2025-02-03');
  await press(jo, 'Protect them');
  expect(await flash(jo)).toContain('They are protected');
  const add = async (text: string) => {
    await press(jo, 'Add a file');
    await jo.setInputFiles('[id="file"]', { name: 'x', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await choose(jo, 'artefact', 'overview-report');
    await fill(jo, 'name', 'report.txt');
    await press(jo, 'Look through it');
    expect(await flash(jo)).toContain('The file was looked through');
  };
  await add('Alice, that is MIRA KESTLE’S child, on 3 Feb 2025');
  await jo.click('a:has-text("report.txt")');
  expect(await jo.innerText('main')).toMatch(/Whole name of Alice[\s\S]*MIRA KESTLE’S[\s\S]*Date of death of Alice/);
  expect(await jo.innerText('main')).toContain('Somebody else must look');
  await fill(jo, 'why', 'She is named in it');
  await press(jo, 'Withdraw it');
  await add('Alice was not asked when she was alone');
  await gwen.goto(jo.url());
  await gwen.click('li:has-text("Waits for a second person") a');
  await press(gwen, 'Release it');
  expect(await gwen.innerText('.govuk-error-summary')).toContain('Look at the warnings first');
  await gwen.check('[id="looked"]');
  await press(gwen, 'Release it');
  expect(await flash(gwen)).toContain('The file is released, in your name');
  await jo.goto(`${at}/record/submission`);
  const sent = async () => {
    await fillDate(jo, 'sentOn', ago(20));
    for (const [name, value] of Object.entries({ how: 'Secure mail', receipt: 'QA-7' })) await fill(jo, name, value);
    await press(jo, 'Record it');
  };
  await sent();
  expect(await jo.innerText('.govuk-error-summary')).toContain('The package cannot be sent yet');
  await signedOffReview(world, id, ['overview-report']);
  const { recommendation, action } = await actedOn(world, id);
  await step('CENTRAL_QA');

  // The panel sends it back; it is revised, sent again, and may be published.
  await mend('PUBLICATION_DECISION', 'sent to the central quality panel');
  await sent();
  expect(await flash(jo)).toContain('The submission is recorded');
  await reviewing(world, id, 'quality-letters', { receivedOn: ago(10), verdict: 'resubmit', points: ['Say why'] });
  await step('REVISION');
  await reviewing(world, id, 'quality-answers', {
    ...{ letter: 1, point: 1, done: true, response: 'Said', location: 'Page 3' },
  });
  await step('CENTRAL_QA');
  await mend('PUBLICATION_DECISION', 'sent to the central quality panel');
  await sent();
  await mend('PUBLICATION_DECISION', 'lets it be published');
  await fillDate(jo, 'receivedOn', ago(5));
  await choose(jo, 'verdict', 'publish');
  await press(jo, 'Record it');
  await step('PUBLICATION_DECISION');
  // There is another trial, and what publication there may be waits for it.
  await paused(4);
  await mend('WITHHELD', 'it is withheld');
  await choose(jo, 'decision', 'withheld');
  await fill(jo, 'decider', 'The partnership');
  await fillDate(jo, 'decidedOn', ago(0));
  await press(jo, 'Record the decision');
  expect(await jo.innerText('.govuk-error-summary')).toMatch(/Choose why[\s\S]*what is held back/);
  await jo.check('input[name="reasons"][value="live-proceedings"]');
  for (const name of ['text', 'heldBack', 'learning']) await fill(jo, name, 'All of it, until the trial is over');
  await fillDate(jo, 'reviewOn', ago(-30));
  await press(jo, 'Record the decision');
  expect(await jo.innerText('main')).toContain('Withheld, decided by The partnership');
  await mend('WITHHELD', 'told the date');
  await spoken('no-reply');

  // What central bodies are to have is owed from the decision on, in a register over all reviews.
  await jo.goto(`${world.url}/reviews`);
  await press(jo, 'Central copies');
  await choose(jo, 'only', 'to-send');
  await choose(jo, 'body', 'home-office');
  await press(jo, 'Apply filters');
  expect(await jo.innerText('tbody')).toMatch(/Home Office\s+Not confirmed[\s\S]*To be sent, for 0 days/i);
  await press(jo, 'Record that it was sent');
  await fillDate(jo, 'sentOn', ago(0));
  await fillDate(jo, 'acknowledgeBy', ago(1));
  await fill(jo, 'receipt', 'HO-9');
  await press(jo, 'Record it');
  expect(await jo.innerText('.govuk-error-summary')).toContain('before it was sent');
  await fillDate(jo, 'acknowledgeBy', ago(-9));
  await press(jo, 'Record it');
  expect(await jo.innerText('main')).toMatch(/Copy for Home Office[\s\S]*HO-9\. To be acknowledged by/);
  await reviewing(world, id, 'copies', { code: 'commissioner', sentOn: ago(1), receipt: 'R-1' });
  await confirmed(world, id, 'second-person', 'gwen');
  await step('WITHHELD', 'The trial');
  await jo.goto(`${world.url}/reviews/publications?decision=withheld`);
  expect(await jo.innerText('tbody')).toMatch(/Withheld[\s\S]*Nothing/i);
  const nobody = await world.nobody({ javaScriptEnabled: false });
  await nobody.goto(`${world.url}/published-reviews`);
  expect(await nobody.innerText('main')).not.toContain('death of Alice');

  // The trial is over: it is looked at again, and everything that publication needs is asked anew.
  await step('PUBLICATION_DECISION', 'The verdict');
  await jo.goto(`${at}/step/PUBLISHED`);
  expect(await jo.innerText('main')).toMatch(/told the date[\s\S]*No criminal or coroner/);
  await mend('PUBLISHED', 'No criminal or coroner');
  await resumed('verdict', 0);
  await mend('PUBLISHED', 'published in full or in part');
  await choose(jo, 'decision', 'full');
  await fill(jo, 'decider', 'The partnership');
  await fillDate(jo, 'decidedOn', ago(0));
  await press(jo, 'Record the decision');
  expect(await jo.innerText('main')).toContain('Published in full, decided by The partnership');
  await mend('PUBLISHED', 'told the date');
  await spoken('no-reply');
  await releasedForAll(world, id, []);
  await jo.goto(`${world.url}/reviews/copies?only=sent&body=home-office`);
  await press(jo, 'Record that it was acknowledged');
  await fillDate(jo, 'on', ago(0));
  await fill(jo, 'reference', 'HO answered');
  await press(jo, 'Record it');
  expect(await flash(jo)).toContain('the copy was acknowledged');
  const copies = await jo.request.get(`${world.url}/reviews/copies.csv?only=acknowledged`);
  expect(await copies.text()).toMatch(
    /^Review,Kind[\s\S]*Published,Home Office,Not confirmed,Acknowledged,.*HO answered/,
  );
  await jo.goto(`${world.url}/reviews/publications?only=to-publish`);
  expect(await jo.innerText('tbody')).toMatch(/Published in full[\s\S]*Not published yet/i);
  await jo.goto(at);
  await jo.click('a:has-text("Publish it")');
  await fill(jo, 'title', 'Review into the death of Ms Kestle');
  await fill(jo, 'learning', 'Ask everybody alone');
  await press(jo, 'Publish it');
  expect(await jo.innerText('.govuk-error-summary')).toContain('identifies somebody');
  await fill(jo, 'title', 'Review into the death of Alice');
  await press(jo, 'Publish it');
  expect(await flash(jo)).toContain('Anybody may read it');
  expect(await jo.innerText('#dates ~ ul')).toMatch(/Publication: /);
  // Who looked before sees it once what anybody may read has been read again.
  await nobody.goto(`${world.url}/published-reviews`);
  expect(await nobody.innerText('main')).toMatch(/Review into the death of Alice[\s\S]*Ask everybody alone/);
  const href = await nobody.getAttribute('main a:has-text("Overview report")', 'href');
  const got = await nobody.request.get(world.url + href);
  expect(await got.text()).toBe('Alice was not asked when she was alone');
  expect(got.headers()['content-disposition']).toMatch(/^attachment/);
  await jo.goto(`${world.url}/reviews/publications?only=shown`);
  expect(await jo.getAttribute('tbody a:has-text("Overview report")', 'href')).toBe(href);
  const register = await jo.request.get(world.url + (await jo.getAttribute('a:has-text("CSV")', 'href')));
  expect(await register.text()).toMatch(
    /^Review,Kind[\s\S]*Published in full,[\s\S]*Overview report; Summary; Action plan/,
  );

  // Closed only once somebody else has verified the last action.
  await jo.goto(`${at}/step/CLOSED`);
  expect(await jo.innerText('main')).toContain('R1.1 (claimed done)');
  await jo.goto(`${world.url}/reviews/recommendations/${recommendation}/record/verify?action=${action}`);
  await fill(jo, 'finding', 'Seen in the register');
  await press(jo, 'Verify it');
  await step('CLOSED');
  await mend('ARCHIVED', 'time for keeping');
  await fill(jo, 'evidence', 'Ten years, by the schedule');
  await press(jo, 'Confirm');
  await step('ARCHIVED');
  expect(await jo.innerText('h1')).toContain('Archived');
  expect(await jo.innerText('main')).toContain('The review has come to its end');
}

const dayInWords = (day: Date): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(day);
