import { choose, fill, fillDate, flash, press } from './pressing';
import { ago, paneledReview, seen } from './reviews';
import type { World } from './world';

/**
 * What happens to a review beside its steps, in the browser without JavaScript: an agency that does not answer is followed up, meetings of
 * the panel are planned, called off and kept, and a family that asked for time has it.
 */
export async function followedUp(world: World): Promise<void> {
  const id = await paneledReview(world);
  const jo = await (await world.signedIn('jo', { javaScriptEnabled: false })).newPage();
  const at = `${world.url}/reviews/${id}`;
  const done = async (what: string, button: string, values: Record<string, string> = {}) => {
    await jo.goto(`${at}/record/${what}`);
    for (const [name, value] of Object.entries(values)) await fill(jo, name, value);
    await press(jo, button);
  };
  await jo.goto(at);
  expect(await jo.innerText('main')).toMatch(/Reminded, [\s\S]*to Head of safeguarding: By telephone/);
  await jo.click('a:has-text("Remind them")');
  await fill(jo, 'who', 'Chief officer');
  await fill(jo, 'text', 'By letter');
  await press(jo, 'Record it');
  expect(await flash(jo)).toContain('It is recorded, in your name');
  expect(await jo.innerText('main')).toContain('to Chief officer: By letter');

  await jo.goto(`${at}/record/plan-meeting`);
  await fillDate(jo, 'on', ago(-5));
  for (const [name, value] of Object.entries({ time: 'soon', place: 'Hall', agenda: 'The draft\nNext steps' }))
    await fill(jo, name, value);
  await press(jo, 'Plan it');
  expect(await jo.innerText('.govuk-error-summary')).toContain('Enter a time, like 14:30');
  await fill(jo, 'time', '09:00');
  await press(jo, 'Plan it');
  expect(await flash(jo)).toContain('The meeting is planned');
  await jo.click('a:has-text("Send apologies")');
  await jo.locator('[id="memberId"]').selectOption({ index: 1 });
  await press(jo, 'Send them');
  expect(await flash(jo)).toContain('The apologies are recorded');
  await jo.click('a:has-text("Call it off")');
  await fill(jo, 'reason', 'The chair is ill');
  await press(jo, 'Call it off');
  expect(await jo.innerText('main')).toMatch(/Hall Called off The chair is ill/i);
  const next = (await seen(world, id)).document.plannedMeetings[0]!.id;
  const calendar = await jo.request.get(`${at}/meetings/${next}/meeting.ics`);
  expect([calendar.headers()['content-type'], await calendar.text()]).toEqual([
    ...[expect.stringContaining('text/calendar'), expect.stringContaining('SUMMARY:Meeting')],
  ]);
  await jo.goto(`${at}/record/meeting`);
  await fillDate(jo, 'on', ago(0));
  await choose(jo, 'planned', next);
  await jo.locator('input[name="present"]').first().check();
  await fill(jo, 'minute', 'Nothing was agreed');
  await fill(jo, 'decisions', 'To ask the chief officer');
  await press(jo, 'Record it');
  expect(await jo.innerText('main')).toMatch(/Apologies: [^.]*police[^.]*\. Decided: To ask the chief officer/);

  await done('family-person', 'Keep it', { name: 'Nia', relationship: 'Her sister', safeWay: 'By text' });
  await jo.goto(`${at}/record/pause`);
  await choose(jo, 'reason', 'family');
  for (const name of ['askedBy', 'agreedBy']) await fill(jo, name, 'The chair');
  await fillDate(jo, 'from', ago(2));
  await fillDate(jo, 'reviewOn', ago(-20));
  await press(jo, 'Pause it');
  await jo.goto(`${at}/record/family-contact?for=told`);
  await jo.locator('[id="personId"]').selectOption({ index: 1 });
  await fillDate(jo, 'on', ago(0));
  await choose(jo, 'channel', 'letter');
  await choose(jo, 'outcome', 'answered');
  for (const name of ['spoke', 'said']) await fill(jo, name, 'The chair');
  await press(jo, 'Record it');
  expect(await jo.innerText('.govuk-error-summary')).toContain('The family had asked for time on that day');
  await choose(jo, 'begunBy', 'family');
  await press(jo, 'Record it');
  expect(await jo.innerText('main')).toMatch(/They have asked for time[\s\S]*begun by: they, or their advocate/);
}
