import { setTimeout as delay } from 'node:timers/promises';
import { describeFault, type Fault, type Target } from '../fault';
import type { Random } from '../random';
import type { Child, Ending } from './child';
import type { Platform } from './platform';
import { killBackend } from './postgres-processes';

/** A fault that was inflicted: when it began and when its effects were over, as far as the harness can tell. */
export interface Inflicted {
  readonly fault: Fault;
  readonly says: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** What did not go as planned: a failpoint that was never reached, a process that could not be started. */
  readonly trouble: string | null;
}

/** How long an armed process may take to reach its failpoint under load. */
const REACH_MS = 45_000;
/** The code with which a process ends at a failpoint. */
const REACHED = 137;
const AGAIN_MS = 300;
/** How long there may be no leader to usurp: the one before it may just have been killed. */
const LEADER_MS = 20_000;

/** Inflicts faults on a platform, each target one after another, whatever their times say. */
export class Inflictor {
  readonly done: Inflicted[] = [];
  private readonly turns = new Map<string, Promise<void>>();

  constructor(
    private readonly platform: Platform,
    private readonly random: Random,
    private readonly say: (line: string) => void,
  ) {}

  /** inflict resolves when the fault is over and what it hit is healed. It never rejects: trouble is part of the record. */
  async inflict(fault: Fault): Promise<void> {
    const turn = turnOf(fault);
    const before = this.turns.get(turn) ?? Promise.resolve();
    const mine = before.then(async () => {
      const from = Date.now();
      let trouble: string | null = null;
      try {
        trouble = await this.one(fault);
      } catch (error) {
        trouble = (error as Error).message;
      }
      const says = describeFault(fault);
      this.done.push({ fault, says, from, to: Date.now(), trouble });
      this.say(`${says}${trouble ? `: ${trouble}` : ''} (${Date.now() - from} ms)`);
    });
    this.turns.set(turn, mine);
    return mine;
  }

  private async one(fault: Fault): Promise<string | null> {
    switch (fault.kind) {
      case 'kill':
      case 'terminate':
        return this.restart(fault.target, fault.kind === 'kill' ? 'SIGKILL' : 'SIGTERM', fault.downMs);
      case 'pause': {
        const part = this.part(fault.target);
        part.pause();
        await delay(fault.forMs);
        part.resume();
        return null;
      }
      case 'failpoint':
        return this.failpoint(this.child(fault.target), `${fault.point}:${fault.nth}`);
      case 'network': {
        const proxies = this.platform.proxies.get(fault.edge);
        if (!proxies) throw new Error(`there is no way ${fault.edge}`);
        for (const proxy of proxies) proxy.begin(fault.does);
        await delay(fault.forMs);
        for (const proxy of proxies) proxy.end();
        return null;
      }
      case 'kill-backend':
        return killBackend(this.platform.clusterDir, (items) => this.random.pick(items)) ? null : 'there was none';
      case 'republish':
        return this.republish(fault.context, fault.last);
      case 'flush-redis':
        await this.platform.flushRedis?.();
        return null;
      case 'forget-offsets':
        await this.platform.forgetOffsets?.(fault.group);
        return null;
      case 'usurp':
        return this.usurp(fault.target, fault.forMs);
    }
  }

  private async restart(target: Target, signal: 'SIGKILL' | 'SIGTERM', downMs: number): Promise<null> {
    const part = this.part(target);
    await part.end(signal);
    await delay(downMs);
    await part.start();
    return null;
  }

  private async failpoint(child: Child, armed: string): Promise<string | null> {
    // In order, so that its consumer group takes it back at once and the point can be reached.
    await child.end('SIGTERM');
    const patience = Date.now() + REACH_MS;
    let ending: Ending | null = null;
    // What ends otherwise has met another fault on its way, such as a database that was just recovering.
    while (ending?.code !== REACHED && Date.now() < patience) {
      if (ending) await delay(AGAIN_MS);
      child.spawn({ CONCORDAT_FAILPOINTS: armed });
      ending = await child.ending(patience - Date.now());
    }
    if (!ending) await child.end('SIGKILL');
    child.spawn();
    await child.serving();
    if (ending?.code === REACHED) return null;
    return ending ? `it ended with ${ending.code ?? ending.signal}` : 'the point was not reached';
  }

  private async republish(context: string, last: number): Promise<null> {
    const database = await this.platform.database();
    try {
      await database.query(
        `UPDATE ${context}.outbox SET published_at = NULL
          WHERE seq IN (SELECT seq FROM ${context}.outbox WHERE published_at IS NOT NULL ORDER BY seq DESC LIMIT $1)`,
        [last],
      );
      return null;
    } finally {
      await database.end().catch(() => undefined);
    }
  }

  /** The leader sleeps, its session ends, another leads; then the first wakes up in the middle of what it was sending. */
  private async usurp(target: Extract<Fault, { kind: 'usurp' }>['target'], forMs: number): Promise<string | null> {
    const first = this.child(target);
    const twin = this.platform.twin?.(target);
    if (!twin) throw new Error('there is no second process here');
    twin.spawn();
    await twin.ready();
    try {
      for (const patience = Date.now() + LEADER_MS; Date.now() < patience; await delay(AGAIN_MS)) {
        first.signal('SIGSTOP');
        if (await this.unseat(target).catch(() => false)) {
          await delay(forMs);
          first.signal('SIGCONT');
          await delay(1_000);
          return null;
        }
        first.signal('SIGCONT');
      }
      return 'nobody held the lock of the relay';
    } finally {
      first.signal('SIGCONT');
      await twin.end('SIGTERM');
    }
  }

  /** Ends the session that holds the lock of a context's relay. Resolves to whether there was one. */
  private async unseat(context: string): Promise<boolean> {
    const database = await this.platform.database();
    try {
      const { rowCount } = await database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks
          WHERE locktype = 'advisory' AND granted AND objid::bigint = (hashtext($1)::bigint & 4294967295)`,
        [context],
      );
      return (rowCount ?? 0) > 0;
    } finally {
      await database.end().catch(() => undefined);
    }
  }

  private part(target: Target) {
    const part = this.platform.parts.get(target);
    if (!part) throw new Error(`there is no ${target} here`);
    return part;
  }

  private child(target: Target): Child {
    const child = this.platform.children.get(target);
    if (!child) throw new Error(`${target} is no process of ours`);
    return child;
  }
}

/** Faults of one process, or of one way, wait for each other; the rest may overlap. */
function turnOf(fault: Fault): string {
  if ('target' in fault) return fault.target;
  return fault.kind === 'network' ? fault.edge : 'the rest';
}
