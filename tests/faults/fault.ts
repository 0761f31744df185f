import type { Failpoint } from '@concordat/platform';

/** Services with a database, in the order in which they start. */
export const services = ['identity', 'referrals', 'records', 'audit', 'notifications'] as const;
export type Service = (typeof services)[number];
/** What can be killed, stopped and started: in embedded mode there is one process of ours, and no broker. */
export type Target = 'all-in-one' | Service | 'postgres' | 'redis' | `kafka-${number}`;
/** A way over the network. Each has a proxy of its own. */
export type Edge = `${'client' | 'all-in-one' | Service}->${Target | 'kafka'}`;

/** What a proxy does to its connections for a while. */
export type NetworkEffect =
  | { readonly effect: 'latency'; readonly ms: number }
  /** Open connections get a reset, new ones are refused. */
  | { readonly effect: 'reset' }
  /** Connections stay open, and nothing arrives in either direction. */
  | { readonly effect: 'half-open' }
  /** What one side sends is lost; what the other sends arrives. */
  | { readonly effect: 'one-way'; readonly lost: 'requests' | 'replies' }
  /** A connection is reset once so many bytes have passed, somewhere in the middle of a message. */
  | { readonly effect: 'byte-limit'; readonly bytes: number };

export type Fault =
  /** SIGKILL, or an orderly SIGTERM, and a new start after a while. */
  | { readonly kind: 'kill' | 'terminate'; readonly target: Target; readonly downMs: number }
  /** SIGSTOP and later SIGCONT: a process that wakes up believing that no time has passed. */
  | { readonly kind: 'pause'; readonly target: Target; readonly forMs: number }
  /** SIGKILL of one PostgreSQL backend: the server throws all sessions out and recovers by itself. */
  | { readonly kind: 'kill-backend' }
  /** The process ends by itself, with 137, when it reaches the point for the nth time. */
  | { readonly kind: 'failpoint'; readonly target: Target; readonly point: Failpoint; readonly nth: number }
  | { readonly kind: 'network'; readonly edge: Edge; readonly does: NetworkEffect; readonly forMs: number }
  /** Everything that a queue kept in Redis is gone. */
  | { readonly kind: 'flush-redis' }
  /** A consumer group forgets where it was, and reads everything again. */
  | { readonly kind: 'forget-offsets'; readonly group: Service }
  /** The last rows of an outbox are sent again, as a relay does that died before it marked them. */
  | { readonly kind: 'republish'; readonly context: Service; readonly last: number }
  /**
   * A second process of a service takes the relay over while the first is stopped, and the first wakes up believing that
   * it still leads (events.md R2).
   */
  | { readonly kind: 'usurp'; readonly target: Service; readonly forMs: number };

/** A fault and when it happens, in milliseconds from the start of the load. */
export interface Planned {
  readonly atMs: number;
  readonly fault: Fault;
}

/** One line for people: `kill referrals, down 1200 ms`. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'kill':
    case 'terminate':
      return `${fault.kind} ${fault.target}, down ${fault.downMs} ms`;
    case 'pause':
    case 'usurp':
      return `${fault.kind} ${fault.target} for ${fault.forMs} ms`;
    case 'failpoint':
      return `failpoint ${fault.point} in ${fault.target}, the ${fault.nth}. time`;
    case 'network':
      return `${fault.does.effect}${detailOf(fault.does)} on ${fault.edge} for ${fault.forMs} ms`;
    case 'forget-offsets':
      return `forget the offsets of ${fault.group}`;
    case 'republish':
      return `republish the last ${fault.last} of ${fault.context}`;
    case 'kill-backend':
    case 'flush-redis':
      return fault.kind;
  }
}

function detailOf(does: NetworkEffect): string {
  if (does.effect === 'latency') return ` ${does.ms} ms`;
  if (does.effect === 'one-way') return ` loss of ${does.lost}`;
  return does.effect === 'byte-limit' ? ` ${does.bytes}` : '';
}
