import { choose, fill, fillDate, flash, press } from './pressing';
import { ago, registeredReview } from './reviews';
import type { World } from './world';

/**
 * Duties of the partnership (domain/statutory-reviews.md §11), done, copied and done again; and what the Home Office asks of a review
 * (§12), answered, put right and taken out. In the browser without JavaScript.
 */
export async function owed(world: World): Promise<void> {
  const jo = await (await world.signedIn('jo', { javaScriptEnabled: false })).newPage();
  await jo.goto(`${world.url}/reviews`);
  await press(jo, 'Duties of the partnership');
  const PLAN = 'section[aria-labelledby="partnership-plan"]';
  const plan = () => jo.innerText(PLAN);
  const record = (what: string) => jo.click(`${PLAN} a:has-text("${what}")`);
  await record('Record that it was done');
  for (const name of ['title', 'kept', 'approvedBy']) await fill(jo, name, `The plan: ${name}`);
  await fillDate(jo, 'doneOn', ago(-2));
  await press(jo, 'Record it');
  expect(await jo.innerText('.govuk-error-summary')).toContain('today or earlier');
  expect(await jo.inputValue('[id="kept"]')).toBe('The plan: kept');
  await fillDate(jo, 'doneOn', ago(400));
  await fill(jo, 'part-delivery', 'By themed groups');
  await press(jo, 'Record it');
  expect(await plan()).toMatch(
    /Overdue[\s\S]*Nothing is said of: Resources[\s\S]*No copy: Police and crime commissioner/i,
  );
  await record('Record a copy');
  await choose(jo, 'code', 'police-and-crime-commissioner');
  await fillDate(jo, 'sentOn', ago(401));
  await fill(jo, 'receipt', 'PCC-1');
  await press(jo, 'Record it');
  expect(await jo.innerText('.govuk-error-summary')).toContain('before it was done');
  await fillDate(jo, 'sentOn', ago(390));
  await press(jo, 'Record it');
  expect(await flash(jo)).toContain('The copy is recorded');
  expect(await plan()).not.toContain('No copy');
  // A year on it is done again: both stay, and the next time is counted from the later.
  await record('Record that it was done');
  for (const name of ['title', 'kept', 'approvedBy', 'part-delivery', 'part-resources', 'part-measures'])
    await fill(jo, name, 'As revised');
  await fillDate(jo, 'doneOn', ago(1));
  await press(jo, 'Record it');
  expect(await plan()).toMatch(/As revised[\s\S]*The plan: title[\s\S]*PCC-1/);
  expect(await plan()).not.toMatch(/Overdue|Nothing is said of/i);

  const id = await registeredReview(world);
  await jo.goto(`${world.url}/reviews/${id}`);
  await press(jo, 'Data for the Home Office');
  const answer = async (link: string, answers: Record<string, string>) => {
    await jo.click(`main a:has-text("${link}")`);
    for (const [code, value] of Object.entries(answers)) await choose(jo, `answers.${code}`, value);
  };
  await answer('Answer: The incident', { partner: 'yes', familial: 'not-known', place: 'shared-home' });
  await fill(jo, 'answers.death', '3 March 2026');
  await press(jo, 'Keep the answers');
  expect(await jo.innerText('.govuk-error-summary')).toContain('Enter a month such as 2026-03');
  expect(await jo.inputValue('[id="answers.death"]')).toBe('3 March 2026');
  await fill(jo, 'answers.death', '2026-03');
  await press(jo, 'Keep the answers');
  expect(await flash(jo)).toContain('The answers are kept');
  expect(await jo.innerText('main')).toMatch(/\d+ missing[\s\S]*By somebody of the family\s+Not known/i);
  await answer('Change the answers', { partner: 'no' });
  expect(await jo.inputValue('[id="answers.death"]')).toBe('2026-03');
  await press(jo, 'Keep the answers');
  const csv = await jo.request.get(`${world.url}/reviews/${id}/data.csv`);
  expect(await csv.text()).toMatch(/By a present or past partner[\s\S]*no,not-known/);
}
