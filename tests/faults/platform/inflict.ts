import { setTimeout as delay } from 'node:timers/promises';
import { describeFault, type Fault, type Target } from '../fault';
import type { Random } from '../random';
import type { Child } from './child';
import { reachFailpoint, usurp } from './inside-faults';
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
        return reachFailpoint(this.child(fault.target), `${fault.point}:${fault.nth}`);
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
        return usurp(this.platform, this.child(fault.target), fault.target, fault.forMs);
    }
  }

  private async restart(target: Target, signal: 'SIGKILL' | 'SIGTERM', downMs: number): Promise<null> {
    const part = this.part(target);
    await part.end(signal);
    await delay(downMs);
    await part.start();
    return null;
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
