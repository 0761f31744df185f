import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const SCREENSHOTS = join(__dirname, '../../docs/screenshots');

/**
 * Keeps a picture of the page for the documents, when one is asked for: UPDATE_SCREENSHOTS=1.
 * @param height how much of the page, in CSS pixels, where that is not what a desk shows
 */
export async function picture(page: Page, name: string, height?: number): Promise<void> {
  if (process.env['UPDATE_SCREENSHOTS'] !== '1') return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  const size = page.viewportSize()!;
  if (height) await page.setViewportSize({ ...size, height });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), scale: 'css' });
  await page.setViewportSize(size);
}
