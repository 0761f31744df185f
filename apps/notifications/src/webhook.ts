import { IllegalTransition, isId, NotFound, RuleBroken } from '@concordat/contracts';
import { subscribable } from './subscribable';

/** Where one of an agency's systems is told of what happens. */
export interface Webhook {
  readonly id: string;
  readonly orgId: string;
  /** What the agency calls it; null where it has said nothing. */
  readonly name: string | null;
  readonly url: string;
  readonly events: readonly string[];
  readonly state: 'live' | 'off';
  /** Why it is off: an administrator said so, it did not answer for too long, or it answered that it is gone (410). */
  readonly offReason: 'administrator' | 'dead' | 'gone' | null;
  /** Since when every attempt has failed; null when the last was taken. */
  readonly failingSince: Date | null;
  readonly version: number;
}

/** The first attempt is at once; the wait doubles from this to an hour. */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;
/** What does not answer for this long is switched off, and is said to be (decision 37). */
export const DEAD_AFTER_MS = 72 * 3_600_000;
const GONE = 410;

/** What became of one attempt. `status` is what was answered, if anything was. */
export interface Attempted {
  readonly status: number | null;
  readonly outcome: 'taken' | 'refused' | 'timed-out' | 'unreachable' | 'address-refused';
}

/**
 * Milliseconds to wait after the `n`-th failed attempt (from 1), `random` in [0, 1): exponential with jitter of half to one
 * and a half, so that those that failed together do not come back together.
 */
export function waitAfter(n: number, random: number): number {
  const doubled = Math.min(FIRST_WAIT_MS * 2 ** Math.min(n - 1, 20), LONGEST_WAIT_MS);
  return Math.round(doubled * (0.5 + random));
}

/** afterAttempt is what a webhook is once an attempt has ended: failing or not, and off when it is dead or gone. */
export function afterAttempt(was: Webhook, { status, outcome }: Attempted, now: Date): Webhook {
  if (outcome === 'taken') return { ...was, failingSince: null };
  const failingSince = was.failingSince ?? now;
  const dead = now.getTime() - failingSince.getTime() >= DEAD_AFTER_MS;
  if (was.state === 'off' || (status !== GONE && !dead)) return { ...was, failingSince };
  return { ...was, failingSince, state: 'off', offReason: status === GONE ? 'gone' : 'dead', version: was.version + 1 };
}

/** For this long it may fail before its agency's administrators are told: what answers again sooner needs nobody. */
export const ALERT_AFTER_MS = 3_600_000;

/**
 * alertOf says since when its administrators are to know that a webhook takes nothing, once an attempt at `now` has ended: the same for
 * each attempt, so that they are told once, and anew when it is switched off for it. Null when they need not. Pure.
 */
export function alertOf(was: Webhook, is: Webhook, now: Date): Date | null {
  if (is.state === 'off') return was.state === 'off' ? null : now;
  const { failingSince } = is;
  return failingSince && now.getTime() - failingSince.getTime() >= ALERT_AFTER_MS ? failingSince : null;
}

/** switchOver puts a webhook on or off. Throws IllegalTransition when it is so already. */
export function switchOver(was: Webhook, to: 'on' | 'off'): Webhook {
  const state = to === 'on' ? 'live' : 'off';
  if (was.state === state) throw new IllegalTransition('webhook.state', `This webhook is ${to} already`, was.state);
  const offReason = to === 'off' ? ('administrator' as const) : null;
  return { ...was, state, offReason, failingSince: null, version: was.version + 1 };
}

/**
 * changed is a webhook with another name, address or events. At another address nothing has failed yet; whether it is on is not
 * changed by that.
 */
export function changed(was: Webhook, to: Partial<Pick<Webhook, 'name' | 'url' | 'events'>>): Webhook {
  const now = { ...was, ...to, version: was.version + 1 };
  return now.url === was.url ? now : { ...now, failingSince: null };
}

/** A key of a webhook, as far as its age matters. */
export interface WebhookKey {
  readonly id: string;
  readonly endsAt: Date | null;
}

/** For this long both keys sign, so that whoever checks can change over when it suits them. */
export const OVERLAP_MS = 7 * 24 * 3_600_000;

/** Keys that sign at `now`. */
export const signing = <T extends WebhookKey>(keys: readonly T[], now: Date): T[] =>
  keys.filter(({ endsAt }) => endsAt === null || endsAt > now);

/** Throws RuleBroken `webhook.two-keys` while an earlier change of keys is under way. */
export function mayChangeKey(keys: readonly WebhookKey[], now: Date): void {
  if (signing(keys, now).length > 1)
    throw new RuleBroken('webhook.two-keys', 'Two keys sign already. Wait until the first has ended');
}

/**
 * mayChangeSecret throws RuleBroken `webhook.two-secrets` for another while an earlier change is under way, and `webhook.no-secret`
 * for an end where there is none.
 */
export function mayChangeSecret(to: 'new' | 'none', secrets: readonly WebhookKey[], now: Date): void {
  const held = signing(secrets, now).length;
  if (to === 'new' && held > 1)
    throw new RuleBroken('webhook.two-secrets', 'Two shared secrets sign already. Wait until the first has ended');
  if (to === 'none' && held === 0) throw new RuleBroken('webhook.no-secret', 'This webhook has no shared secret');
}

/** Who hears of an event, and by what it could be closed to them. */
export interface Audience {
  readonly orgs: readonly string[];
  readonly caseId: string | null;
  /** Every record that the event names: if one of them is open to named staff only, no system hears of it. */
  readonly records: readonly string[];
}

/** audienceOf says who may hear of an event; null for one that nobody is told of by webhook. Pure. */
export function audienceOf(type: string, streamId: string, data: object): Audience | null {
  const rule = Object.hasOwn(subscribable, type) ? subscribable[type] : undefined;
  if (!rule) return null;
  const fields = data as Readonly<Record<string, unknown>>;
  const caseId = isId(fields['caseId']) ? fields['caseId'] : null;
  return {
    orgs: rule.orgs.flatMap((field) => fields[field]).filter(isId),
    caseId: rule.participants ? caseId : null,
    records: [...new Set([streamId, ...Object.values(fields).flat()].filter(isId))],
  };
}

/** What is sent: type, time and ids. Whoever needs more asks the API, and is asked who they are (events.md P2, K7). */
export const payloadOf = (
  type: string,
  at: Date,
  about: { id: string; version?: string; caseId?: unknown },
): { type: string; timestamp: string; data: Record<string, string> } => ({
  ...{ type, timestamp: at.toISOString() },
  data: {
    id: about.id,
    ...(about.version === undefined ? {} : { version: about.version }),
    ...(isId(about.caseId) ? { caseId: about.caseId } : {}),
  },
});

/** Throws NotFound for one that there is not, or that is another agency's. */
export function mine<T extends { readonly orgId: string }>(found: T | undefined, orgId: string | null): T {
  if (!found || found.orgId !== orgId) throw new NotFound('webhook');
  return found;
}
