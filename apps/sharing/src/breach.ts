import { IllegalTransition, RuleBroken, type BreachRisk, type BreachState } from '@concordat/contracts';

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];
/** People say when something was to the minute. */
const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);

/** So many hours after a moment, whatever the clocks do. */
export const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * HOUR_MS);

/** What may be a breach of personal data, and what its agency found and did. */
export interface Breach {
  readonly id: string;
  readonly version: number;
  readonly state: BreachState;
  /** The agency whose breach it may be: its governance assesses it. */
  readonly orgId: string;
  /** The review that found an emergency not justified; null where it came to light otherwise. */
  readonly questionId: string | null;
  readonly account: string;
  readonly openedBy: string;
  readonly openedAt: Date;
  /** When the agency became aware of it: hours count from here. */
  readonly awareAt: Date;
  readonly notifyBy: Date;
  /** The pack whose hours these are. */
  readonly pack: string;
  readonly risk: BreachRisk | null;
  readonly affected: number | null;
  readonly notify: boolean | null;
  readonly tellPeople: boolean | null;
  readonly reason: string | null;
  readonly remedy: string | null;
  readonly assessedBy: string | null;
  readonly assessedAt: Date | null;
  readonly notifiedAt: Date | null;
  readonly notifiedBy: string | null;
  readonly reference: string | null;
  readonly delayReason: string | null;
}

/** openBreach begins its assessment; the Commissioner is told within so many hours of `awareAt`. Pure. */
export const openBreach = (
  about: Pick<Breach, 'id' | 'orgId' | 'questionId' | 'account' | 'openedBy' | 'openedAt' | 'awareAt' | 'pack'>,
  hours: number,
): Breach => ({
  ...{ ...about, version: 1, state: 'open', notifyBy: hoursAfter(about.awareAt, hours) },
  ...{ risk: null, affected: null, notify: null, tellPeople: null, reason: null, remedy: null },
  ...{ assessedBy: null, assessedAt: null, notifiedAt: null, notifiedBy: null, reference: null, delayReason: null },
});

export interface Assessment {
  readonly risk: BreachRisk;
  /** How many people are affected, as far as is known. */
  readonly affected: number;
  readonly notify: boolean;
  readonly tellPeople: boolean;
  readonly reason: string;
  readonly remedy: string;
}

/**
 * assessBreach decides whether the Commissioner is told, and those affected. Unless nobody is likely to be harmed the Commissioner is
 * (UK GDPR article 33(1)): else RuleBroken `breach.must-notify`. Those affected may be left untold at a high risk on the grounds of
 * article 34(3), which the reason names. Throws IllegalTransition `breach.assessed` once it was. Pure.
 */
export function assessBreach(was: Breach, said: Assessment, by: { readonly id: string; readonly at: Date }): Breach {
  if (was.state !== 'open') throw new IllegalTransition('breach.assessed', 'This has been assessed', was.state);
  if (!said.notify && said.risk !== 'unlikely')
    throw new RuleBroken('breach.must-notify', 'The Commissioner must be told, unless nobody is likely to be harmed');
  return {
    ...{ ...was, ...said, version: was.version + 1, state: said.notify ? 'to-notify' : 'closed' },
    ...{ assessedBy: by.id, assessedAt: by.at },
  };
}

export interface Notification {
  readonly notifiedAt: Date;
  readonly reference: string | null;
  readonly delayReason: string | null;
}

/**
 * notifyBreach puts on record that the Commissioner was told. Told late, it says why (article 33(1)): else RuleBroken
 * `breach.late`. A moment before the agency was aware, or to come, is RuleBroken `breach.not-then`. Throws IllegalTransition
 * `breach.not-to-notify` unless that was decided and not done. Pure.
 */
export function notifyBreach(was: Breach, said: Notification, by: { readonly id: string; readonly at: Date }): Breach {
  if (was.state !== 'to-notify')
    throw new IllegalTransition('breach.not-to-notify', 'The Commissioner is not to be told of this', was.state);
  if (said.notifiedAt < minuteOf(was.awareAt) || said.notifiedAt > by.at)
    throw new RuleBroken('breach.not-then', 'That was before your agency was aware of it, or is still to come');
  if (said.notifiedAt > was.notifyBy && said.delayReason === null)
    throw new RuleBroken('breach.late', 'Say why the Commissioner was told late');
  return { ...was, ...said, version: was.version + 1, state: 'closed', notifiedBy: by.id };
}
