import type { Page } from 'playwright-core';
import { riskyCase } from './assessed';
import type { World } from './world';

/**
 * An administrator (lena) loads a file of wording for the general matrix without a script, looks at it beside our labels and accepts it.
 * Amina of her agency assesses and reads in it; Gwen of another reads the same assessment under our labels.
 */
export async function loadsAndAsksInWording(world: World): Promise<void> {
  const main = (page: Page) => page.innerText('main');
  const go = (page: Page, button: string) => page.click(`button:has-text("${button}")`);
  const withoutScript = async (username: string) =>
    (await world.signedIn(username, { javaScriptEnabled: false })).newPage();
  const lena = await withoutScript('lena');
  await lena.goto(`${world.url}/wordings/load/generic-matrix`);
  const empty = await lena.inputValue('#content');
  const ours = empty.replaceAll(/^([\w/.-]+),""$/gm, '$1,"Our words for $1?"');
  expect(ours).toContain('danger-now,"Our words for danger-now?"');
  await lena.fill('#content', '');
  await lena.setInputFiles('#file', { name: 'ours.csv', mimeType: 'text/csv', buffer: Buffer.from(ours) });
  await lena.fill('#title', 'Our matrix');
  await lena.fill('#attribution', 'Used under licence');
  await go(lena, 'Check it');
  expect(await main(lena)).toMatch(/Nothing is loaded yet[\s\S]*danger now\s+Our words for danger-now\?/);
  await go(lena, 'Load this wording');
  expect(await main(lena)).toMatch(/Asked in now[\s\S]*Our words for danger-now\?/);
  await lena.context().close();

  const { caseId } = await riskyCase(world);
  const amina = await withoutScript('amina');
  await amina.goto(`${world.url}/cases/${caseId}/risk/start`);
  await amina.check('input[name="subjectId"] >> nth=0');
  await amina.check('input[value="generic-matrix"]');
  await go(amina, 'Begin');
  await amina.check('input[value="subject"]');
  await go(amina, 'Save and continue');
  expect(await main(amina)).toMatch(/In your agency’s wording: Our matrix[\s\S]*Our words for danger-now\?/);
  for (const [topic, value] of Object.entries({ 'danger-now': 'no', likely: 'possible', grave: 'serious' }))
    await amina.check(`[name="answers.${topic}"][value="${value}"]`);
  await amina.check('[name="answers.nothing-protects"][value="no"]');
  await go(amina, 'Save and continue');
  await amina.fill('[id="answers.harm.words"]', 'He may hurt her when he is let out');
  await go(amina, 'Save and continue');
  await go(amina, 'Save and continue');
  await go(amina, 'Complete the assessment');
  expect(await main(amina)).toMatch(
    /In your agency’s wording: Our matrix, version 1[\s\S]*Our words for danger-now\?\s+No/,
  );
  const gwen = await world.as('gwen');
  await gwen.goto(amina.url());
  expect(await main(gwen)).toMatch(/Somebody is in danger now\s+No/);
  expect(await main(gwen)).not.toContain('Our words');
  await gwen.close();
  await amina.context().close();
}
