import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launch } from './browser';

const MODULE = readFileSync(join(__dirname, '../../apps/web/src/assets/agenda-order.mjs'), 'utf8');
const ROWS = ['a', 'b', 'c'].map((id) => `<tr data-item="${id}"><td style="height:60px">Case ${id}</td></tr>`).join('');
const PAGE = `<form method="get" action="/sent"><table data-module="app-agenda"><tbody>${ROWS}</tbody></table></form>
  <script type="module">import { dragToOrder } from '/order.mjs'; dragToOrder(document.querySelector('table')); window.ready = true;</script>`;

describeInBrowser('an agenda whose rows are dragged', () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await launch()));
  afterAll(() => browser?.close());

  it('sends the order that it then has, and nothing when a row is put back', async () => {
    const page = await browser.newPage();
    await page.route('http://agenda.test/**', (route) => {
      const module = route.request().url().endsWith('.mjs');
      return route.fulfill({ contentType: module ? 'text/javascript' : 'text/html', body: module ? MODULE : PAGE });
    });
    await page.goto('http://agenda.test/');
    await page.waitForFunction('window.ready');
    await page.dragAndDrop('[data-item="b"]', '[data-item="b"]');
    expect(page.url()).toBe('http://agenda.test/');
    await page.dragAndDrop('[data-item="c"]', '[data-item="a"]', { targetPosition: { x: 20, y: 5 } });
    await page.waitForURL('**/sent?*');
    expect(new URL(page.url()).searchParams.getAll('order')).toEqual(['c', 'a', 'b']);
  });
});
