import type { ContextName } from '@concordat/contracts';
import type { Standing } from '../apis/event-paths';

/** How a service stands, in the numbers that its path of events has. Ages in seconds. */
export interface Health {
  readonly context: ContextName;
  readonly answers: boolean;
  /** Events and acts that were committed and are not sent yet, and how old the oldest of them is. */
  readonly unsent: number;
  readonly unsentAge: number;
  /** Those that were received and are not applied yet. */
  readonly waiting: number;
  readonly waitingAge: number;
  readonly parked: number;
  readonly unreadable: number;
  readonly healed: number;
  /** How old the oldest of its copies of who may see what is. */
  readonly copyAge: number;
  /** Messages behind the end of its topics; null where there are no topics. */
  readonly lag: number | null;
}

/** As `npm run doctor` says it: what waits longer is late. A copy that is older decides nothing (events.md C4). */
const LATE_S = 60;
const STALE_S = 30;

export function healthOf(context: ContextName, standing: Standing | null): Health {
  const of = (name: string): number[] =>
    (standing?.samples ?? []).filter((s) => s.name === `concordat_${name}`).map(({ value }) => value);
  const sum = (name: string): number => of(name).reduce((total, value) => total + value, 0);
  const most = (name: string): number => Math.max(0, ...of(name));
  return {
    ...{ context, answers: standing !== null },
    ...{ unsent: sum('outbox_unsent'), unsentAge: most('outbox_oldest_seconds') },
    ...{ waiting: sum('inbox_waiting'), waitingAge: most('inbox_oldest_seconds') },
    ...{ parked: sum('parked_streams'), unreadable: sum('malformed_records'), healed: sum('healed_total') },
    copyAge: most('projection_age_seconds'),
    lag: of('kafka_lag').length > 0 ? sum('kafka_lag') : null,
  };
}

/** What somebody ought to look at in a service, and where. Pure. */
export function findingsOf(h: Health): string[] {
  if (!h.answers) return ['It does not answer. Look whether it runs, and at its log'];
  return [
    ...(h.unsentAge > LATE_S
      ? [
          `What happened ${agoOf(h.unsentAge)} has not been sent. Look whether it reaches the broker; nothing is lost meanwhile`,
        ]
      : []),
    ...(h.waitingAge > LATE_S && h.parked === 0
      ? [`What was received ${agoOf(h.waitingAge)} has not been taken in. Look at its log`]
      : []),
    ...(h.parked > 0 ? ['Records are held up. Mend the cause, then try them again'] : []),
    ...(h.unreadable > 0 ? ['Messages could not be read: something else writes to its topics'] : []),
    ...(h.copyAge > STALE_S
      ? [`Its copy of who may see what was compared ${agoOf(h.copyAge)}: until that is done it refuses everybody`]
      : []),
  ];
}

/** Parts of processes, each process once: several services may share one. */
export function partsOf(told: readonly (Standing | null)[]) {
  const processes = new Map(told.flatMap((s) => (s ? [[s.process, s] as const] : [])));
  return [...processes.values()].map(({ process, parts }) => ({
    process,
    troubles: parts.flatMap(({ part, trouble }) => (trouble === null ? [] : [`${part}: ${trouble}`])),
    parts: parts
      .filter(({ ageMs, trouble }) => ageMs !== null || trouble !== null)
      .map(({ part, ageMs, trouble }) => ({ part, trouble, ago: ageMs === null ? null : agoOf(ageMs / 1000) })),
  }));
}

/** `just now`, `40 seconds ago`, `3 minutes ago`, `2 hours ago`. */
export function agoOf(seconds: number): string {
  const [n, unit] =
    seconds < 90
      ? [seconds, 'second']
      : seconds < 5_400
        ? [seconds / 60, 'minute']
        : ([seconds / 3_600, 'hour'] as const);
  const whole = Math.round(n);
  return whole === 0 ? 'just now' : `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}
