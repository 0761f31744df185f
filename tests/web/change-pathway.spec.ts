import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { exampleContent, World } from './world';

describeInBrowser('a draft that is about something else', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const opened = async (content: object): Promise<{ page: Page; id: string }> => {
    const { id } = await world.draft('hana', content);
    const page = await (await world.signedIn('hana', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/referrals/make-a-referral/${id}`);
    await page.click('a:has-text("Change what the referral is about")');
    return { page, id };
  };
  const choose = async (page: Page, code: string): Promise<void> => {
    await page.check(`input[value="${code}"]`);
    await page.click('button:has-text("Continue")');
  };
  const contentOf = async (id: string) => (await world.app.as('hana').get(`/api/referrals/drafts/${id}`)).body.content;

  it('is told what will be deleted, and loses nothing before that is confirmed', async () => {
    const { page, id } = await opened(exampleContent());
    const before = await contentOf(id);
    await choose(page, 'other');
    expect(await page.innerText('h1')).toBe('Some of your answers will be deleted');
    expect((await page.innerText('main ul')).length).toBeGreaterThan(10);
    expect(await contentOf(id)).toEqual(before);
    await page.click('a:has-text("Keep it as it is")');
    expect(await contentOf(id)).toEqual(before);

    await page.click('a:has-text("Change what the referral is about")');
    await choose(page, 'other');
    await page.click('button:has-text("Change and delete these answers")');
    expect(await page.innerText('.govuk-caption-l')).toBe('Something else');
    const after = await contentOf(id);
    expect(after).toMatchObject({ pathway: 'other', people: before.people, safeContact: before.safeContact });
    expect(after.fears).toBeUndefined();
  });

  it('changes at once when nothing is lost', async () => {
    const { page, id } = await opened({ pathway: 'other', wishes: 'Quiet at night' });
    await choose(page, 'hate-crime');
    expect(await page.innerText('h1')).toBe('Make a referral');
    expect(await contentOf(id)).toEqual({ pathway: 'hate-crime', wishes: 'Quiet at night' });
  });

  it('is asked again when another window has saved meanwhile', async () => {
    const { page, id } = await opened({ pathway: 'other' });
    const other = await page.context().newPage();
    await other.goto(`${world.url}/referrals/make-a-referral/${id}/wishes`);
    await other.fill('[id="wishes"]', 'Quiet at night');
    await other.click('button:has-text("Save and continue")');
    await choose(page, 'hate-crime');
    expect(await page.innerText('.govuk-error-summary')).toContain('You changed this draft in another window');
    await choose(page, 'hate-crime');
    expect(await contentOf(id)).toEqual({ pathway: 'hate-crime', wishes: 'Quiet at night' });
  });
});
