import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Every A and AA tag to WCAG 2.2 (user-interface.md §4), and what axe counts as good practice for landmarks and headings. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with a page: a rule that is broken, and where. */
export interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds wrong with the page as it stands: one line each, empty when nothing is. */
export const violationsOf = (page: Page): Promise<string[]> => found(page, {});

/** As `violationsOf`, but for the contrast of colours, which `Colours` looks at. */
export const violationsButColours = (page: Page): Promise<string[]> =>
  found(page, { 'color-contrast': { enabled: false } });

async function found(page: Page, rules: Readonly<Record<string, { readonly enabled: boolean }>>): Promise<string[]> {
  await readAxe(page);
  const violations = await page.evaluate(
    async (only): Promise<Violation[]> => {
      const { axe } = globalThis as unknown as { axe: { run(o: object): Promise<{ violations: Violation[] }> } };
      return (await axe.run({ ...only, resultTypes: ['violations'] })).violations;
    },
    { runOnly: { type: 'tag', values: TAGS }, rules },
  );
  return linesOf(violations);
}

/** Through the debugger and not as a script element: the page's own policy would refuse that. Once for each document. */
export async function readAxe(page: Page): Promise<void> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(AXE);
}

/** A line for every place that is not a known exception. */
export const linesOf = (violations: readonly Violation[]): string[] =>
  violations.flatMap((v) =>
    v.nodes
      .filter((n) => !isKnown(v.id, n))
      .map((n) => `${v.id}: ${v.help}: ${n.html.slice(0, 200)} ${n.failureSummary ?? ''}`),
  );

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
