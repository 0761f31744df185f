/** Isolated errors that heal by themselves, as shares of all events. */
export interface Hiccups {
  /** Of those whose handling fails a few times before it succeeds. */
  readonly handling: number;
  /** Of those that cannot be stored in an inbox the first time. */
  readonly receiving: number;
}

/** What the harness tells the process that it starts, in FAULTS_INSIDE, as JSON. */
export interface InsideSettings {
  /** `all-in-one`, or the service. */
  readonly role: string;
  /** Ports on 127.0.0.1, and those of the proxies that stand before them for this process. */
  readonly routes: Readonly<Record<string, number>>;
  /** Seconds until a triage clock runs out, instead of hours: from, to. */
  readonly clockSeconds: readonly [number, number];
  readonly hiccups: Hiccups;
  /** Protections taken out of this process, for a negative control. */
  readonly without: readonly Protection[];
}

/**
 * What a negative control takes out of the process under test, by patching its classes from outside: there is no setting in
 * the product that could.
 */
export const protections = [
  'reconciler',
  'cursor',
  'inbox',
  'pending-relay',
  'parking',
  'plain-producer',
  'receive-errors',
  'sweep',
  'webhook-retries',
  'job-queue',
] as const;
export type Protection = (typeof protections)[number];

export const readInside = (): InsideSettings => JSON.parse(process.env['FAULTS_INSIDE'] ?? 'null') as InsideSettings;
