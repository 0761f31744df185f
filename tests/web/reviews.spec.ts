import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { owed } from './owed';
import { choose, fill, fillDate, flash, press } from './pressing';
import { ago, GWEN, managedReview, POLICE, refusedAsbReview, registeredReview, reviewing } from './reviews';
import { followedUp, wholeReview } from './whole-review';
import { World } from './world';

describeInBrowser('a review, from its notification to the first steps after the decision', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const noScript = async (who: string) => (await world.signedIn(who, { javaScriptEnabled: false })).newPage();
  const clock = (page: Page, code: string) => page.innerText(`tr:has(th:has-text("${code}"))`);

  it('works without JavaScript, names what is missing, and keeps law and what is not confirmed apart', async () => {
    const jo = await (await world.signedIn('jo', { javaScriptEnabled: false })).newPage();
    await jo.goto(`${world.url}/reviews`);
    await press(jo, 'Register a notification');
    await jo.check('input[value="domestic-homicide-review"]');
    await press(jo, 'Continue');
    await fill(jo, 'about', 'A death at home');
    await press(jo, 'Register it');
    expect(await jo.innerText('.govuk-error-summary')).toContain('Answer: Who notified you?');
    expect(await jo.inputValue('[id="about"]')).toBe('A death at home');
    await fill(jo, 'notifier', 'Northbank Police');
    await press(jo, 'Register it');
    expect(await jo.innerText('.govuk-error-summary')).toContain('The written notice of a notifier');
    await fillDate(jo, 'dates.notice', ago(60));
    await fillDate(jo, 'dates.aware', ago(60));
    await press(jo, 'Register it');
    expect(await flash(jo)).toContain('The notification is registered');
    const at = new URL(jo.url()).pathname;
    expect(await clock(jo, 'DHR-1')).toMatch(/Overdue by \d+ days?[\s\S]*Not confirmed[\s\S]*no legal deadline/i);
    expect(await clock(jo, 'DHR-3')).toMatch(/Law/i);

    await jo.click('a:has-text("See what is missing")');
    expect(await jo.locator('main button:has-text("Take this step")').count()).toBe(0);
    await jo.click('li:has-text("Every kind of review") a');
    await choose(jo, 'nation', 'england');
    await press(jo, 'Keep the test');
    expect(await jo.innerText('.govuk-error-summary')).toContain('Answer: The person who died was 16 or over');
    for (const select of await jo.locator('main select').all())
      if ((await select.inputValue()) === '') await select.selectOption('no');
    for (const code of ['age', 'cause', 'by-whom']) await choose(jo, `domestic-homicide-review.${code}`, 'yes');
    await press(jo, 'Keep the test');
    expect(await flash(jo)).toContain('The test of every kind is kept');
    expect(await jo.innerText('main')).toMatch(
      /Checklist 1, Jo[\s\S]*criteria are met[\s\S]*Under DVCVA_s9[\s\S]*Not met/i,
    );
    await press(jo, 'Ask agencies');
    await jo.check(`input[name="agencies"][value="${POLICE}"]`);
    await fillDate(jo, 'dueOn', ago(-10));
    await press(jo, 'Ask them');
    expect(await flash(jo)).toContain('The agencies are asked');
    await jo.click('a:has-text("Record what they answer")');
    await choose(jo, 'answer', 'known');
    await press(jo, 'Record it');
    expect(await jo.innerText('.govuk-error-summary')).toContain('Enter what is known');
    await fill(jo, 'text', 'Three calls');
    await press(jo, 'Record it');
    expect(await jo.innerText('main')).toMatch(/Answered\s+Known to the agency/i);
    await press(jo, 'Appoint somebody');
    await jo.click('a:has-text("Northbank Police")');
    await choose(jo, 'role', 'chair');
    await fill(jo, 'seat', 'police');
    await jo.selectOption('[id="userId"]', { label: 'Gwen Harding' });
    await press(jo, 'Appoint them');
    expect(await flash(jo)).toContain('They are appointed');
    await press(jo, 'Record a meeting');
    await fillDate(jo, 'on', ago(0));
    await fill(jo, 'minute', 'The draft was read');
    await jo.check('input[name="present"]');
    await jo.check('input[name="agreed"][value="draft"]');
    await press(jo, 'Record it');
    expect(await jo.innerText('.govuk-error-summary')).toContain('nobody was there for health');
    await jo.uncheck('input[name="agreed"][value="draft"]');
    await press(jo, 'Record it');
    expect(await jo.innerText('main')).toMatch(/Not quorate/i);
    await jo.click('a:has-text("Take this step")');
    await press(jo, 'Take this step');
    expect(await flash(jo)).toContain('The step is taken');
    expect(await jo.innerText('h1')).toContain('Being screened');

    await press(jo, 'Record a decision');
    await press(jo, 'Record the decision');
    expect(await jo.innerText('.govuk-error-summary')).toContain('Choose the outcome');
    await choose(jo, 'outcome', 'REVIEW');
    await choose(jo, 'legalBasis', 'DVCVA_s9');
    for (const code of ['age', 'cause', 'by-whom', 'suicide']) {
      await choose(jo, `criteria.${code}.answer`, 'yes');
      await fill(jo, `criteria.${code}.evidence`, 'Police summary');
    }
    for (const part of ['view', 'person']) await fill(jo, `consulted.section-9-bodies.${part}`, 'All agree');
    for (const name of ['decider', 'deciderRole', 'rationale', 'conflicts']) await fill(jo, name, 'As minuted');
    await fillDate(jo, 'decidedOn', ago(30));
    await press(jo, 'Record the decision');
    expect(await jo.innerText('.govuk-error-summary')).toContain('or that there was no reply');
    await jo.check('[id="consulted.specialists.noReply"]');
    await press(jo, 'Record the decision');
    expect(await flash(jo)).toContain('The decision is recorded');
    expect(await jo.innerText('main')).toMatch(/Decision: [\s\S]*\(All agree\): All agree/);
    await press(jo, 'Record a date');
    await choose(jo, 'code', 'start');
    await fillDate(jo, 'date', ago(30));
    await press(jo, 'Record it');
    expect(await flash(jo)).toContain('The date is recorded');
    expect(await clock(jo, 'DHR-1')).toMatch(/Met|Overdue/);
    expect(await clock(jo, 'DHR-2')).toMatch(/Running/);

    await press(jo, 'Pause');
    await choose(jo, 'reason', 'criminal');
    for (const name of ['askedBy', 'agreedBy']) await fill(jo, name, 'As agreed');
    await fillDate(jo, 'from', ago(10));
    await fillDate(jo, 'reviewOn', ago(-60));
    await press(jo, 'Pause it');
    expect(await flash(jo)).toContain('The review is paused');
    expect(await clock(jo, 'DHR-2')).toContain('it needs an extension');
    await jo.click('tr:has(th:has-text("DHR-2")) a');
    await fillDate(jo, 'to', ago(-400));
    await fillDate(jo, 'agreedOn', ago(0));
    await jo.check('input[name="approvers"][value="panel"]');
    await fill(jo, 'reason', 'The trial');
    await press(jo, 'Agree it');
    expect(await jo.innerText('.govuk-error-summary')).toContain('Everybody whose agreement it needs must have agreed');
    await jo.check('input[name="approvers"][value="csp"]');
    await press(jo, 'Agree it');
    expect(await flash(jo)).toContain('The later date is agreed');
    expect(await clock(jo, 'DHR-2')).toContain('Agreed:');
    await press(jo, 'Resume');
    await jo.locator('[id="pause"]').selectOption({ index: 1 });
    await fillDate(jo, 'on', ago(1));
    await fillDate(jo, 'endedOn', ago(2));
    await choose(jo, 'ending', 'released');
    await press(jo, 'Resume it');
    expect(await flash(jo)).toContain('The review goes on');

    await jo.goto(`${world.url}/reviews`);
    expect(await jo.innerText('tbody tr:first-child')).toContain('Nothing: “Decided” can be taken');
    await press(jo, 'Board: what is due');
    await choose(jo, 'only', 'ready');
    await press(jo, 'Apply filters');
    const onBoard = await jo.innerText('tbody');
    expect(onBoard).toContain('Nothing: “Decided” can be taken');
    await jo.click('th a:has-text("Days used")');
    expect(await jo.getAttribute('th[aria-sort]', 'aria-sort')).toBe('descending');
    const boardCsv = await jo.request.get(world.url + (await jo.getAttribute('a:has-text("CSV")', 'href')));
    expect(await boardCsv.text()).toMatch(/^Review,Kind[\s\S]*Being screened,DHR-\d: .*Not confirmed[\s\S]*,Decided,/);
    await press(jo, 'print these');
    expect(await jo.innerText('main')).toMatch(/Printed by Jo[\s\S]*Being screened/);
    const erin = await (await world.signedIn('erin', { javaScriptEnabled: false })).newPage();
    await erin.goto(world.url);
    await erin.click('nav a:has-text("Checks of reviews")');
    await erin.click(`a[href$="${at.split('/').pop()}"]`);
    const checked = await erin.innerText('main');
    expect(checked).toMatch(/criterion is answered[\s\S]*Met[\s\S]*4 of 4 criteria answered with evidence/i);
    expect(checked).toMatch(/Later dates were agreed[\s\S]*DHR-2[\s\S]*in time/);
    expect(checked).not.toContain('As minuted');

    await jo.goto(`${world.url}${at}`);
    expect(await jo.innerText('main')).toContain('Gwen Harding, Northbank Police: police');
    const gwen = await world.as('gwen');
    await gwen.goto(`${world.url}${at}`);
    expect(await gwen.innerText('h1')).toContain('Being screened');
    expect(await gwen.locator('main button, main a:has-text("Take this step")').count()).toBe(0);
    await gwen.click('a:has-text("Declare")');
    await fill(gwen, 'statement', 'I had no part in it');
    await choose(gwen, 'conflict', 'no');
    await press(gwen, 'Declare it');
    expect(await flash(gwen)).toContain('The declaration is recorded');
    await jo.reload();
    await jo.click('button:has-text("Take off")');
    expect(await flash(jo)).toContain('not see this review any more');
    await gwen.goto(`${world.url}${at}`);
    expect(await gwen.innerText('h1')).not.toContain('Review');
  });

  it('is followed up beside its steps: answers, meetings, and time for the family', () => followedUp(world));

  it('follows a recommendation to an action that somebody else has verified, by its people and without JavaScript', async () => {
    const id = await registeredReview(world);
    const jo = await noScript('jo');
    await jo.goto(`${world.url}/reviews/${id}/record/recommendation`);
    await press(jo, 'Propose it');
    expect(await jo.innerText('.govuk-error-summary')).toContain('Answer: What is recommended?');
    await fill(jo, 'text', 'Ask every patient when she is alone');
    await choose(jo, 'source', 'panel');
    await choose(jo, 'level', 'local');
    await fill(jo, 'theme', 'Asking');
    await jo.selectOption('[id="ownerOrg"]', { label: 'Eastvale NHS Trust' });
    for (const box of await jo.locator('input[name="smart"]').all()) await box.check();
    await press(jo, 'Propose it');
    expect(await flash(jo)).toContain('The recommendation is proposed');
    await jo.click('main a:has-text("R1")');
    await press(jo, 'Ask its owner to answer');
    await fillDate(jo, 'dueOn', ago(-14));
    await press(jo, 'Ask the agency');
    expect(await flash(jo)).toContain('The agency is asked');
    const carys = await noScript('carys');
    await carys.goto(`${world.url}/reviews/recommendations?only=to-answer`);
    await carys.click('tbody th a');
    await press(carys, 'Answer for your agency');
    await choose(carys, 'response', 'accepted');
    await press(carys, 'Record it');
    expect(await carys.innerText('main')).toMatch(/Accepted, recorded .* by Carys .*, Eastvale NHS Trust/);
    await jo.reload();
    await press(jo, 'Add an action');
    await jo.click('a:has-text("Eastvale NHS Trust")');
    await fill(jo, 'text', 'Train all midwives');
    await jo.selectOption('[id="leadId"]', { label: 'Bevan Price' });
    await fillDate(jo, 'due', ago(-30));
    await press(jo, 'Add it');
    expect(await flash(jo)).toContain('The action is added');

    const bevan = await noScript('bevan');
    await bevan.goto(world.url);
    await bevan.click('nav a:has-text("Reviews")');
    await bevan.click('a:has-text("Recommendations and actions")');
    expect(await bevan.innerText('main')).toContain('Train all midwives');
    await bevan.click('tbody th a');
    for (const move of ['Accept it', 'Start it']) {
      await bevan.click(`main a:has-text("${move}")`);
      await press(bevan, move);
    }
    await bevan.click('main a:has-text("Say that it is done")');
    await fill(bevan, 'outcome', 'All trained');
    await press(bevan, 'Record it as done');
    expect(await bevan.innerText('.govuk-error-summary')).toContain('Enter what shows it');
    expect(await bevan.inputValue('[id="outcome"]')).toBe('All trained');
    await fill(bevan, 'evidence', 'The register');
    await press(bevan, 'Record it as done');
    expect(await flash(bevan)).toContain('Somebody else must verify it');
    expect(await bevan.locator('main a:has-text("Verify it")').count()).toBe(0);

    await jo.reload();
    await jo.click('main a:has-text("Verify it")');
    await fill(jo, 'finding', 'Seen in the register');
    await press(jo, 'Verify it');
    expect(await flash(jo)).toContain('The action is verified, in your name');
    await jo.goto(`${world.url}/reviews/recommendations?state=VERIFIED`);
    expect(await jo.textContent('svg.app-bars')).toMatch(/Verified\s*1/);
    expect(await jo.locator('tbody th a').allInnerTexts()).toHaveLength(1);
    const csv = await jo.request.get(`${world.url}/reviews/recommendations.csv`);
    expect(await csv.text()).toMatch(/^Review,Kind[\s\S]*Train all midwives,Bevan Price,Eastvale NHS Trust,Verified/);
  });

  it('follows an individual management review from its agency to a reader outside it, without JavaScript', async () => {
    const id = await managedReview(world);
    const carys = await (await world.signedIn('carys', { javaScriptEnabled: false })).newPage();
    await carys.goto(`${world.url}/reviews/${id}`);
    expect(await carys.locator('main a:has-text("Accept it"), main a:has-text("Do without it")').count()).toBe(0);
    await carys.click('main a:has-text("Submit it")');
    for (const name of ['author', 'signer']) await fill(carys, name, 'A nurse');
    await choose(carys, 'independent', 'yes');
    const days = { signedOn: 1, from: 900, to: 300 };
    for (const [name, day] of Object.entries(days)) await fillDate(carys, name, ago(day));
    await fill(carys, 'records', 'Community records');
    await choose(carys, 'terms', '1');
    for (const name of ['staffSeen', 'recommendations']) await fill(carys, name, '2');
    await press(carys, 'Submit it');
    expect(await carys.innerText('.govuk-error-summary')).toContain('Somebody senior to its author must sign it');
    expect(await carys.inputValue('[id="records"]')).toBe('Community records');
    await fill(carys, 'signer', 'A director');
    await press(carys, 'Submit it');
    expect(await flash(carys)).toContain('The review is submitted');
    const jo = await (await world.signedIn('jo', { javaScriptEnabled: false })).newPage();
    await jo.goto(`${world.url}/reviews/${id}`);
    await jo.click('main a:has-text("Accept it")');
    for (const name of ['analysis', 'smart']) await choose(jo, name, 'yes');
    await press(jo, 'Accept it');
    // The meeting that read the terms was not quorate.
    expect(await jo.innerText('main')).toContain('does not answer the terms of reference that were approved last');
    await jo.goto(`${world.url}/reviews/${id}`);
    await jo.click('main a:has-text("Return it")');
    await fill(jo, 'reason', 'The terms are to be approved first');
    await press(jo, 'Return it');
    expect(await jo.innerText('section:has(#imr-1)')).toMatch(/Returned[\s\S]*The terms are to be approved first/i);
  });

  // Two hundred steps of five people: beside much other work it takes longer than a test may by itself.
  it(
    'goes from its notification to its last recommendation, by its people and through pages and routes alone',
    () => wholeReview(world),
    240_000,
  );

  it('keeps what the partnership owes as registers, and what the Home Office asks as data, without JavaScript', () =>
    owed(world));

  it('counts the complaints of an ASB case review, and publishes its figures for anybody', async () => {
    const jo = await (await world.signedIn('jo', { javaScriptEnabled: false })).newPage();
    const id = await refusedAsbReview(world, 500, 501);
    await jo.goto(`${world.url}/reviews/${id}`);
    await press(jo, 'Add a complaint');
    await fillDate(jo, 'behaviourOn', ago(520));
    await fillDate(jo, 'complainedOn', ago(519));
    await fill(jo, 'complainant', 'Neighbour A');
    await fill(jo, 'summary', 'Shouting at night');
    await press(jo, 'Add it');
    expect(await jo.innerText('main')).toMatch(/Neighbour A[\s\S]*Qualifies[\s\S]*1 qualify and it takes 3/);

    await jo.goto(`${world.url}/reviews`);
    await jo.click('a:has-text("Figures of ASB case reviews")');
    await fillDate(jo, 'from', ago(600));
    await fillDate(jo, 'to', ago(400));
    await press(jo, 'Count');
    expect(await jo.innerText('main')).toMatch(/cannot be published[\s\S]*not-met while it was not open/);
    expect(await jo.locator('main button:has-text("Publish")').count()).toBe(0);
    await refusedAsbReview(world, 480, 470);
    const nobody = await world.nobody({ javaScriptEnabled: false });
    await nobody.goto(`${world.url}/asb-case-reviews`);
    expect(await nobody.innerText('main')).toContain('No figures are published yet');
    // Put right: the application came before its decision.
    await reviewing(world, id, 'dates', { code: 'application', date: ago(505), reason: 'It came by post' });
    await jo.reload();
    await fill(jo, 'note', 'Three applications, counted in one council');
    await press(jo, 'Publish these figures');
    expect(await jo.innerText('.govuk-error-summary')).toContain('It says 3 applications, and the figures say 2');
    await fill(jo, 'note', 'Counted in one council');
    await press(jo, 'Publish these figures');
    expect(new URL(jo.url()).pathname).toBe('/asb-case-reviews');
    await nobody.reload();
    expect(await nobody.innerText('main')).toMatch(/Applications for a case review\s+2[\s\S]*0 \+ 2 \+ 0 = \(2 - 0\)/);
    const csv = await nobody.request.get(`${world.url}/asb-case-reviews.csv`);
    expect(await csv.text()).toMatch(
      /^Body,From,To,[\s\S]*Northbank Council,.*,2,2,0,0,0,0,0,0,0,0,Counted in one council/,
    );
  });

  it('answers whoever applied by a letter that a second person releases, and an appeal by somebody else', async () => {
    const id = await refusedAsbReview(world, 60, 40);
    await reviewing(world, id, 'panel', { role: 'chair', seat: 'chair', userId: GWEN });
    await reviewing(world, id, 'release/people', {
      ...{ pseudonym: 'A neighbour', chosenBy: 'Jo', why: 'Nobody else is named' },
      identifiers: [{ kind: 'full-name', value: 'Odo Brack' }],
    });
    const at = `${world.url}/reviews/${id}`;
    const [jo, gwen] = [
      await (await world.signedIn('jo', { javaScriptEnabled: false })).newPage(),
      await (await world.signedIn('gwen', { javaScriptEnabled: false })).newPage(),
    ];
    await jo.goto(at);
    await press(jo, 'Write a letter');
    await choose(jo, 'about', 'threshold');
    await fill(jo, 'to', 'Ms Tenant');
    await fill(jo, 'decided', 'There is no review');
    await fill(jo, 'why', 'One complaint qualifies');
    await press(jo, 'Write it');
    expect(await jo.innerText('.govuk-error-summary')).toContain('Answer: Whom can they ask, and how?');
    expect(await jo.inputValue('[id="decided"]')).toBe('There is no review');
    await fill(jo, 'contact', 'The team, 01632 960 001');
    await press(jo, 'Write it');
    expect(await jo.innerText('main')).toMatch(/Letter 1.*Whether there will be a review\s+Not released/i);
    await press(jo, 'Read it');
    expect(await jo.innerText('main')).toMatch(/Nobody has released it[\s\S]*If you do not agree/);
    await gwen.goto(jo.url());
    await press(gwen, 'What was found in it, and its release');
    await gwen.check('[id="looked"]');
    await press(gwen, 'Release it');
    await jo.goto(at);
    await press(jo, 'Record that it was sent');
    await fillDate(jo, 'sentOn', ago(0));
    await fill(jo, 'how', 'Post');
    await fill(jo, 'receipt', 'P-1');
    await press(jo, 'Record it');
    expect(await jo.innerText('main')).toMatch(/Letter 1.*Sent/i);

    await press(jo, 'Record an appeal');
    await choose(jo, 'against', 'threshold');
    await fillDate(jo, 'receivedOn', ago(2));
    await fill(jo, 'grounds', 'It goes on');
    await press(jo, 'Record it');
    expect(await jo.innerText('main')).toMatch(/Appeal 1.*To be decided[\s\S]*It goes on[\s\S]*To be decided by/i);
    await press(jo, 'Decide the appeal');
    await choose(jo, 'result', 'not-upheld');
    await fillDate(jo, 'decidedOn', ago(0));
    for (const name of ['role', 'independence', 'reasons']) await fill(jo, name, 'As it stands');
    await press(jo, 'Decide it');
    expect(await jo.innerText('.govuk-error-summary')).toContain('must take the appeal up first');
  });

  it('takes an application from anybody, once and from our own form only, and makes a review of it', async () => {
    const nobody = await world.nobody({ javaScriptEnabled: false });
    const at = `${world.url}/asb-case-reviews/apply`;
    await nobody.goto(at);
    await press(nobody, 'Send the application');
    expect(await nobody.innerText('.govuk-error-summary')).toMatch(
      /Choose whether you ask for yourself[\s\S]*Enter what has happened/,
    );
    await nobody.selectOption('[id="ownerOrg"]', { label: 'Northbank Council' });
    await nobody.check('input[name="appliesFor"][value="other"]');
    await fill(nobody, 'name', 'A tenant');
    await fill(nobody, 'contact', '01632 960 000');
    await fill(nobody, 'about', 'Threats at the door');
    await fillDate(nobody, 'complaints.0.behaviourOn', ago(20));
    await fillDate(nobody, 'complaints.0.complainedOn', ago(19));
    await fill(nobody, 'complaints.0.summary', 'Told the police');
    await press(nobody, 'Send the application');
    expect(await nobody.innerText('.govuk-error-summary')).toContain('They must have agreed');
    expect(await nobody.inputValue('[id="about"]')).toBe('Threats at the door');
    await fill(nobody, 'appliedBy', 'A neighbour');
    await nobody.check('[id="consent"]');
    const token = await nobody.inputValue('input[name="_csrf"]');
    const sending = (headers: Record<string, string>, csrf = token) =>
      nobody.request.post(at, { headers, form: { _csrf: csrf }, maxRedirects: 0 });
    // From elsewhere, or without a token of ours, nothing is taken, and the token is not spent.
    expect((await sending({ origin: 'https://elsewhere.example' })).status()).toBe(400);
    expect((await sending({}, 'x'.repeat(32))).status()).toBe(400);
    await press(nobody, 'Send the application');
    expect(await nobody.innerText('main')).toMatch(/Your reference is AP-\d{4}-\d{4}/);
    expect((await sending({})).status()).toBe(400);

    const jo = await (await world.signedIn('jo', { javaScriptEnabled: false })).newPage();
    await jo.goto(`${world.url}/reviews/asb-applications`);
    expect(await jo.innerText('main')).toMatch(/A tenant, applied for by A neighbour[\s\S]*01632 960 000/);
    await press(jo, 'Register a review');
    await choose(jo, 'kind', 'northbank-asb-case-review');
    await jo.selectOption('#areaId', { label: 'Eastvale' });
    await press(jo, 'Register the review');
    expect(await flash(jo)).toContain('The notification is registered');
    expect(await jo.innerText('main')).toContain('Area: Eastvale.');
    expect(await jo.innerText('main')).toMatch(/The applicant: behaviour[\s\S]*Qualifies[\s\S]*1 qualify/);
  });
});
