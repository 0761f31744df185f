import type { Browser, Page } from 'playwright-core';
import { overflowAtPhoneWidth, violationsButColours } from './accessible';
import { windowOf } from './browser';
import { Colours } from './colours';

/** A document as it stands: what scripts made of it, and what is typed and ticked in it. */
interface Standing {
  readonly attributes: Readonly<Record<string, string>>;
  readonly title: string;
  readonly body: string;
  readonly styles: string;
}

/**
 * One page in which others are looked at, as they stand, under the same style sheet. axe is read and warmed up once
 * there instead of in each of hundreds of documents, which was most of what visiting them took.
 */
export class LookingGlass {
  private readonly colours = new Colours();

  private constructor(private readonly page: Page) {}

  /** `address` is any page of the site: its style sheet is taken, and its origin, so that references go on to work. */
  static async at(browser: Browser, address: string): Promise<LookingGlass> {
    const page = await (await windowOf(browser)).newPage();
    await page.goto(address);
    return new LookingGlass(page);
  }

  /** Shows a page as it stands now. What happens to that page later is not seen here. */
  async show(other: Page): Promise<void> {
    const standing = await other.evaluate<Standing>(STANDING);
    const styles = await this.page.evaluate<string>(`${SHOW}(${JSON.stringify(standing)})`);
    if (styles !== standing.styles) throw new Error(`Another style sheet than here: ${standing.styles}`);
  }

  /** What axe finds on screen, how far it is wider than a phone in px, and what axe finds of its colours in print. */
  async look(): Promise<{ onScreen: string[]; tooWide: number; inPrint: string[] }> {
    const onScreen = await violationsButColours(this.page);
    onScreen.push(...(await this.colours.violationsIn('screen', this.page)));
    const tooWide = await overflowAtPhoneWidth(this.page);
    await this.page.emulateMedia({ media: 'print' });
    const inPrint = await this.colours.violationsIn('print', this.page);
    await this.page.emulateMedia({ media: 'screen' });
    return { onScreen, tooWide: Math.max(tooWide, 0), inPrint };
  }
}

const SHEETS = `[...document.querySelectorAll('link[rel=stylesheet]')].map((l) => l.getAttribute('href')).join()`;
const STANDING = `(() => {
  for (const input of document.querySelectorAll('input')) {
    input.toggleAttribute('checked', input.checked);
    if (!['file', 'password'].includes(input.type)) input.setAttribute('value', input.value);
  }
  for (const option of document.querySelectorAll('option')) option.toggleAttribute('selected', option.selected);
  for (const area of document.querySelectorAll('textarea')) area.textContent = area.value;
  const { attributes } = document.documentElement;
  return {
    attributes: Object.fromEntries([...attributes].map((a) => [a.name, a.value])),
    title: document.title,
    body: document.body.outerHTML,
    styles: ${SHEETS},
  };
})()`;
const SHOW = `((standing) => {
  const root = document.documentElement;
  for (const { name } of [...root.attributes]) root.removeAttribute(name);
  for (const [name, value] of Object.entries(standing.attributes)) root.setAttribute(name, value);
  document.title = standing.title;
  const { body } = new DOMParser().parseFromString(standing.body, 'text/html');
  document.body.replaceWith(document.adoptNode(body));
  window.scrollTo(0, 0);
  return ${SHEETS};
})`;
