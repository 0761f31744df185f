import type { ActRecorded, ContextName } from '@concordat/contracts';
import type { AppModule, Running } from '@concordat/platform';
import type { Caller } from './actors';
import type { TestDatabase } from './database';
import type * as starting from './start-app';

/** A process under test, with people to call it as. */
export interface TestApp {
  /** Where it listens: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly running: Running;
  readonly database: TestDatabase;
  /** Calls as a persona of the demonstration partnership, by username: `app.as('amina')`. */
  as(username: string): Caller;
  /** As `as`, by a token got for this call: of somebody who signed in a moment ago. */
  freshlyAs(username: string): Caller;
  /** Calls without a token. */
  asNobody(): Caller;
  /** Calls with whatever is given as the bearer token. */
  asBearer(token: string): Caller;
  /** Calls as a service of the installation, as contexts call each other. */
  asService(context: ContextName | 'web'): Caller;
  /** A token for a persona, from the persona grant of the development identity provider. Kept per username. */
  tokenFor(username: string): Promise<string>;
  /** Runs SQL as the superuser, for looking behind the curtain. Tables need their schema: `records.case_file`. */
  sql<R extends Record<string, unknown>>(text: string, params?: unknown[]): Promise<R[]>;
  /** The audit acts of a context so far, oldest first: as the ledger will get them, with what is sealed in them opened. */
  acts(context: ContextName): Promise<Act[]>;
  stop(): Promise<void>;
}

/** An audit act as a test looks at it. */
export type Act = ActRecorded & { readonly id: string; readonly detail: Record<string, unknown> };

/** Environment of the process under test, over the defaults: `{ CONCORDAT_DEMO: 'no' }`. */
export type Overrides = Readonly<Record<string, string>>;

/**
 * startApp runs `modules`, with identity if it is not among them, in this process on a database of its own and a free
 * port, loads the demonstration partnership and waits until every context knows its members. Call `stop` in `afterAll`.
 * `CONCORDAT_DEMO: 'no'` leaves the partnership out; `loadDemoPartnership` loads it later.
 */
export async function startApp(modules: readonly AppModule[] = [], overrides: Overrides = {}): Promise<TestApp> {
  return starter().startApp(modules, overrides);
}

/** Loads the demonstration partnership into an app that was started without it, and waits until every context knows it. */
export async function loadDemoPartnership(app: TestApp): Promise<void> {
  return starter().loadDemoPartnership(app);
}

/** Required when first used: it brings Nest and a context with it, which a test that starts no process need not load. */
function starter(): typeof starting {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./start-app') as typeof starting;
}
