import { AuditModule } from '@concordat-app/audit';
import { NotificationsModule } from '@concordat-app/notifications';
import { InsightModule } from '@concordat-app/insight';
import { RecordsModule } from '@concordat-app/records';
import { ReferralsModule } from '@concordat-app/referrals';
import { RiskModule } from '@concordat-app/risk';
import { ReviewsModule } from '@concordat-app/reviews';
import { SharingModule } from '@concordat-app/sharing';
import { WebModule } from '@concordat-app/web';
import { startApp, type TestApp } from '@concordat/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launch, windowOf, type ContextOptions } from './browser';
import { Partnership } from './partnership';

export { exampleContent } from './partnership';

/** The whole platform in this process with the demonstration partnership, and a browser to visit it with. */
export class World extends Partnership {
  private static sharing = false;
  private static shared: Promise<World> | undefined;
  private readonly contexts = new Map<string, Promise<BrowserContext>>();
  private readonly owners = new WeakMap<Page, string>();
  private readonly idle = new Map<string, Page>();

  private constructor(
    override readonly app: TestApp,
    readonly browser: Browser,
  ) {
    super(app);
  }

  static start(): Promise<World> {
    if (!World.sharing) return World.make();
    return (World.shared ??= World.make());
  }

  /** From now on everybody who starts a world in this file gets the same one, which their `stop` leaves to the others. */
  static share(): void {
    World.sharing = true;
  }

  static async endShared(): Promise<void> {
    World.sharing = false;
    await (await World.shared)?.stop();
  }

  private static async make(): Promise<World> {
    const [app, browser] = await Promise.all([
      startApp(
        [
          ...[ReferralsModule, RecordsModule, SharingModule, RiskModule, ReviewsModule],
          ...[NotificationsModule, InsightModule, AuditModule, WebModule],
        ],
        { WEBHOOK_PRIVATE_RANGES: '127.0.0.1/32' }, // consumers of webhooks listen in the test
      ),
      launch(),
    ]);
    return new World(app, browser);
  }

  /** The address as people know it: cookies belong to it. */
  get url(): string {
    return this.app.running.process.publicUrl;
  }

  /** A page of nobody's. */
  async nobody(options: ContextOptions = {}): Promise<Page> {
    const context = await windowOf(this.browser, options);
    return context.newPage();
  }

  /** A page of a persona who is signed in; the sign-in is kept for the next. */
  async as(username: string): Promise<Page> {
    const again = this.idle.get(username);
    if (again && this.idle.delete(username)) return again;
    const kept = this.contexts.get(username) ?? this.signedIn(username);
    this.contexts.set(username, kept);
    const page = await (await kept).newPage();
    this.owners.set(page, username);
    return page;
  }

  /** Gives back a page that nobody looks at any more, for the same persona's next: a new one costs the browser a process. */
  async done(page: Page): Promise<void> {
    const owner = this.owners.get(page);
    if (owner === undefined || this.idle.has(owner)) return page.close();
    await page.unrouteAll();
    this.idle.set(owner, page);
  }

  /** A window of its own in which a persona has signed in through the provider's page. */
  async signedIn(username: string, options: ContextOptions = {}): Promise<BrowserContext> {
    const context = await windowOf(this.browser, options);
    const page = await context.newPage();
    await page.goto(`${this.url}/sign-in`);
    await page.click(`button[value="${username}"]`);
    await page.waitForURL(`${this.url}/`);
    await page.close();
    return context;
  }

  async stop(): Promise<void> {
    if (World.sharing) return;
    await this.browser?.close();
    await this.app?.stop();
  }
}

/** Brings a browser to one declared state of a page, and answers with that page. */
export type Drive = (world: World) => Promise<Page>;
/** By the page's folder, then by the state that it declares. */
export type Drives = Readonly<Record<string, Readonly<Record<string, Drive>>>>;
