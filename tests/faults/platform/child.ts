import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Reaper } from './reaper';

export interface ChildSpec {
  readonly name: string;
  /** The built main file, and what is loaded before it. */
  readonly main: string;
  readonly inside: string;
  /** Asked at each start, because ways and addresses may have changed. */
  readonly env: () => Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Answers 200 once the process may be asked for anything. */
  readonly readyUrl: string;
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const READY_MS = 90_000;
const TERM_MS = 20_000;
const RESTART_MS = 300;
/** A process that ends so often before it is ready will not become it. */
const MOST_ENDINGS = 8;

/**
 * One process of the product, started, killed, stopped and woken up as the faults want it. One that ends by itself is started
 * again, as a service manager would, and that is remembered.
 */
export class Child {
  private process: ChildProcess | null = null;
  private ended: Promise<Ending> = Promise.resolve({ code: 0, signal: null });
  private wanted = false;
  /** Endings that nobody asked for. */
  readonly unasked: (Ending & { readonly at: number })[] = [];

  constructor(
    readonly spec: ChildSpec,
    private readonly reaper: Reaper,
  ) {}

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get running(): boolean {
    return this.process !== null;
  }

  /** spawn starts the process without waiting for it; `more` is added to its environment, this once. */
  spawn(more: Readonly<Record<string, string>> = {}): void {
    this.wanted = true;
    if (this.process) return;
    const { main, inside, env, logFile } = this.spec;
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(process.execPath, ['--enable-source-maps', '--require', inside, main], {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env(), ...more },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.process = child;
    if (child.pid !== undefined) this.reaper.watch(child.pid);
    this.ended = new Promise((done) =>
      child.once('exit', (code, signal) => {
        this.process = null;
        if (child.pid !== undefined) this.reaper.forget(child.pid);
        done({ code, signal });
        if (!this.wanted) return;
        this.unasked.push({ code, signal, at: Date.now() });
        setTimeout(() => this.wanted && this.spawn(), RESTART_MS).unref();
      }),
    );
  }

  /** ready resolves when the process says that all of it is well; rejects when that takes too long. */
  ready(patienceMs = READY_MS): Promise<void> {
    return this.until((troubles) => troubles.length === 0, patienceMs);
  }

  /** As ready, but does not wait for its consumer group, which takes as long as the session of a member that was killed. */
  serving(): Promise<void> {
    return this.until((troubles) => troubles.every((trouble) => trouble.startsWith('event transport')));
  }

  private async until(well: (troubles: readonly string[]) => boolean, patienceMs = READY_MS): Promise<void> {
    const patience = Date.now() + patienceMs;
    const endings = this.unasked.length;
    for (;;) {
      const troubles = this.process ? await troublesAt(this.spec.readyUrl) : ['not running'];
      if (well(troubles)) return;
      if (Date.now() > patience)
        throw new Error(`${this.spec.name} was not ready in ${patienceMs / 1000} s: ${troubles.join(', ')}`);
      if (this.unasked.length - endings >= MOST_ENDINGS)
        throw new Error(`${this.spec.name} ends again and again; see ${this.spec.logFile}`);
      await delay(50);
    }
  }

  /** Resolves with how the process ended, once it has; or null after `withinMs`. An ending is then what was wanted. */
  async ending(withinMs: number): Promise<Ending | null> {
    this.wanted = false;
    return Promise.race([this.ended, delay(withinMs, null, { ref: false })]);
  }

  /** Ends the process: SIGKILL at once; SIGTERM with patience, after which it is killed and that is an error. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.wanted = false;
    if (!this.process) return;
    this.signal('SIGCONT');
    this.signal(signal);
    if (signal === 'SIGKILL') return void (await this.ended);
    if (await this.ending(TERM_MS)) return;
    this.signal('SIGKILL');
    await this.ended;
    throw new Error(`${this.spec.name} did not stop within ${TERM_MS / 1000} s of SIGTERM`);
  }

  signal(signal: NodeJS.Signals): void {
    this.process?.kill(signal);
  }
}

async function troublesAt(url: string): Promise<readonly string[]> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    const { troubles } = (await response.json()) as { troubles?: string[] };
    return troubles ?? (response.status === 200 ? [] : ['not ready']);
  } catch {
    return ['no answer'];
  }
}
