import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = join(__dirname, '../../docs/screenshots');
const asked = (): boolean => process.env['UPDATE_SCREENSHOTS'] === '1';

/**
 * Keeps a picture of the page for the documents, when one is asked for: UPDATE_SCREENSHOTS=1.
 * @param height how much of the page, in CSS pixels, where that is not what the window shows
 */
export async function picture(page: Page, name: string, height?: number): Promise<void> {
  if (!asked()) return;
  mkdirSync(FOLDER, { recursive: true });
  const size = page.viewportSize()!;
  if (height) await page.setViewportSize({ ...size, height });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), scale: 'css' });
  if (height) await page.setViewportSize(size);
}

/** States of pages that docs/screens.md shows at both widths. */
const SHOWN: Readonly<Record<string, string>> = {
  'cases/case: filled': 'case',
  'cases/chronology: filled': 'chronology',
  'people/compare: filled': 'merge',
  'audit/trail: filled': 'trail',
  'access-requests/request: gathered': 'subject-access',
};
const WIDTHS = { desktop: { width: 1280, height: 1100 }, phone: { width: 390, height: 1500 } } as const;

/** Keeps pictures of a state that the documents show, as wide as a desk's window and as a phone. */
export async function pictures(page: Page, state: string): Promise<void> {
  const name = SHOWN[state];
  const before = page.viewportSize();
  if (!asked() || !name || !before) return;
  for (const [width, size] of Object.entries(WIDTHS)) {
    await page.setViewportSize(size);
    await picture(page, `${name}-${width}`);
  }
  await page.setViewportSize(before);
}
