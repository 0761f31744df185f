import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launch } from '../browser';
import { Colours } from '../colours';

describeInBrowser('the colours of pages', () => {
  let browser: Browser;
  let page: Page;
  let colours: Colours;
  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage();
    await page.setContent('<!doctype html><html lang="en"><title>Colours</title><body></body></html>');
    colours = new Colours();
  });
  afterAll(() => browser?.close());

  const look = async (body: string, medium: 'screen' | 'print' = 'screen'): Promise<number> => {
    await page.evaluate(`document.body.innerHTML = ${JSON.stringify(body)}`);
    await page.emulateMedia({ media: medium });
    return (await colours.violationsIn(medium, page)).length;
  };
  const PLAIN = '<p style="color: #000">Plain words</p>';
  const PALE = '<p style="color: #ccc">Pale words</p>';

  it('are wrong each time that they are wrong, whatever passed before', async () => {
    const found = [await look(PLAIN), await look(PLAIN + PALE), await look(PALE)];
    const elsewhere = [
      await look(`<div style="background: #222">${PLAIN}</div>`),
      await look(`<div style="opacity: 0.4">${PLAIN}</div>`),
      await look(`<style>@media print { p { color: #ccc !important } }</style>${PLAIN}`, 'print'),
      await look('<p style="color: #777; font-size: 30px">Large</p>'),
      await look('<p style="color: #777; font-size: 12px">Small</p>'),
      await look(
        '<p style="color: #000">Words and <a href="#" style="color: #111; text-decoration: none">a link</a></p>',
        'print',
      ),
    ];
    expect([found, elsewhere]).toEqual([
      [0, 1, 1],
      [1, 1, 1, 0, 1, 1],
    ]);
  });

  it('are not asked about a second time when all of them passed', async () => {
    await look(PLAIN);
    await page.evaluate("axe.run = () => Promise.reject(new Error('asked'))");
    expect(await look(`<section>${PLAIN}<ul><li>${PLAIN}</li></ul></section>`)).toBe(0);
    await expect(look(PALE)).rejects.toThrow('asked');
  });
});
