import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { chromiumHere } from '../../tools/infrastructure/available';

const found = chromiumHere();

/** `describe` for suites that need a browser. Where there is none they are left out by name; with CI=true that is a failure. */
export function describeInBrowser(title: string, suite: () => void): void {
  if (found.ok) describe(title, suite);
  else if (process.env['CI'] === 'true')
    describe(title, () => it('has a browser', () => expect(found.reason).toBe('')));
  else describe.skip(`${title} (left out: ${found.reason})`, suite);
}

export function launch(): Promise<Browser> {
  if (!found.ok) throw new Error(found.reason);
  return chromium.launch({
    executablePath: found.path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Pages of one site in one process: a process for each is a quarter of what visiting them costs.
      '--renderer-process-limit=1',
    ],
  });
}

export type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>;

/** A window of its own, as wide as a desk's, in British English. */
export const windowOf = (browser: Browser, options: ContextOptions = {}): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', reducedMotion: 'reduce', ...options });
