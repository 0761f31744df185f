import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { Unavailable } from './errors';

/** How often a part is started again that found the database, or a service, away; half a minute in all. */
const STARTS = 60;
const BETWEEN_MS = 500;

/** A part that runs beside the requests: a relay, a worker, a consumer, a sealer. */
export interface Part {
  readonly name: string;
  /** Called after the process listens, and again when it throws Unavailable: it MUST NOT have begun anything by then. */
  start(): Promise<void> | void;
  /** What must have come about before the process is called ready, begun by `start`. Everybody's is waited for together. */
  settled?(): Promise<void>;
  /** MUST resolve only when nothing of the part is running (events.md C13). */
  stop(): Promise<void>;
  /** Milliseconds since it last came to the end of a round, for a part that works in rounds. */
  age?(): number;
  /** Health by progress, never by being connected (events.md C11): null when well, else what is wrong. */
  trouble?(): string | null;
}

/** Starts the parts of this process after it listens and stops them, last started first, before the database closes. */
@Injectable()
export class Lifecycle implements OnModuleDestroy {
  private readonly parts: Part[] = [];
  private started = false;
  private leaving = false;

  add(part: Part): void {
    this.parts.push(part);
  }

  async start(): Promise<void> {
    for (const part of this.parts) await startedIn(part);
    await Promise.all(this.parts.flatMap((part) => (part.settled ? [part.settled()] : [])));
    this.started = true;
  }

  /** What keeps this process from being ready; empty when it is. */
  troubles(): string[] {
    if (this.leaving) return ['stopping'];
    if (!this.started) return ['starting'];
    return this.parts.flatMap((part) => {
      const trouble = part.trouble?.() ?? null;
      return trouble === null ? [] : [`${part.name}: ${trouble}`];
    });
  }

  /** How each part stands, for those who watch over the process. */
  standing(): { part: string; trouble: string | null; ageMs: number | null }[] {
    return this.parts.map((p) => ({ part: p.name, trouble: p.trouble?.() ?? null, ageMs: p.age?.() ?? null }));
  }

  /** Says that the process is about to stop: from now on it is not ready, and nobody sends it anything new. */
  leave(): void {
    this.leaving = true;
  }

  async onModuleDestroy(): Promise<void> {
    this.started = false;
    for (const part of [...this.parts].reverse()) await part.stop();
    this.parts.length = 0;
  }
}

/** A database that restarts just then costs the process a moment, and not its life. */
async function startedIn(part: Part): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await part.start();
    } catch (error) {
      if (!(error instanceof Unavailable) || tries === STARTS) throw error;
      await delay(BETWEEN_MS);
    }
  }
}
