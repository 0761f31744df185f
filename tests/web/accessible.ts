import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Every A and AA tag to WCAG 2.2 (user-interface.md §4), and what axe counts as good practice for landmarks and headings. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** What depends on the medium: colours. Everything else that a reader of paper meets was looked at on screen. */
const IN_PRINT = ['color-contrast', 'link-in-text-block'];

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds wrong with the page as it stands: one line each, empty when nothing is. */
export const violationsOf = (page: Page): Promise<string[]> => found(page, { type: 'tag', values: TAGS });

/** As `violationsOf`, for a page that is shown as print already. */
export const violationsInPrint = (page: Page): Promise<string[]> => found(page, { type: 'rule', values: IN_PRINT });

async function found(page: Page, runOnly: { type: 'tag' | 'rule'; values: string[] }): Promise<string[]> {
  // Through the debugger and not as a script element: the page's own policy would refuse that. Once for each document.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(AXE);
  const violations = await page.evaluate(async (only): Promise<Violation[]> => {
    const { axe } = globalThis as unknown as { axe: { run(o: object): Promise<{ violations: Violation[] }> } };
    return (await axe.run({ runOnly: only, resultTypes: ['violations'] })).violations;
  }, runOnly);
  return violations.flatMap((v) =>
    v.nodes
      .filter((n) => !isKnown(v.id, n))
      .map((n) => `${v.id}: ${v.help}: ${n.html.slice(0, 200)} ${n.failureSummary ?? ''}`),
  );
}

/**
 * The one exception: GOV.UK radios that reveal a question carry aria-expanded, which axe does not allow on a radio
 * (alphagov/govuk-frontend#979, kept by GOV.UK after testing with screen readers).
 */
const isKnown = (rule: string, { html, failureSummary = '' }: Violation['nodes'][number]): boolean =>
  rule === 'aria-allowed-attr' &&
  html.includes('class="govuk-radios__input"') &&
  /not allowed: aria-expanded="(true|false)"\s*$/.test(failureSummary);

/** How far the page is wider than a phone of 320 px, which is also 400 % zoom of 1280 px (WCAG 1.4.10). */
export async function overflowAtPhoneWidth(page: Page): Promise<number> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  if (before) await page.setViewportSize(before);
  return wide as number;
}
