import type { Page } from 'playwright-core';

/** What visitors do to a form, by the words that they read. */
export const press = (page: Page, text: string): Promise<void> =>
  page.click(`main button:has-text("${text}"), main a:has-text("${text}")`);
export const fill = (page: Page, name: string, text: string): Promise<void> => page.fill(`[id="${name}"]`, text);
export const choose = (page: Page, name: string, value: string): Promise<string[]> =>
  page.selectOption(`[id="${name}"]`, value);
/** What is said after something was recorded. */
export const flash = (page: Page): Promise<string> => page.innerText('.moj-alert');

/** A date of `2025-02-03` into its three fields. */
export async function fillDate(page: Page, name: string, date: string): Promise<void> {
  const [year, month, day] = date.split('-').map((n) => String(Number(n)));
  for (const [part, value] of Object.entries({ day, month, year })) await fill(page, `${name}-${part}`, value ?? '');
}
