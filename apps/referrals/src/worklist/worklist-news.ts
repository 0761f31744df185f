import { worklistChannel } from '@concordat/contracts';
import {
  Ephemeral,
  LOGGER,
  openEphemeral,
  PROCESS,
  SETTINGS,
  type ProcessInfo,
  type Settings,
} from '@concordat/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';

const GAP_MS = 1_000;

/**
 * Tells whoever looks at an agency's worklist that it has changed, at most once a second, and nothing more than when. A
 * comfort: what cannot be told now is not told, and neither starting, stopping nor any event waits for the store.
 */
@Injectable()
export class WorklistNews implements OnApplicationBootstrap, OnApplicationShutdown {
  private store: Ephemeral | null = null;
  private opening = false;
  private stopped = false;
  /** By agency: when it changed last, while what was told is less than a second old. */
  private readonly held = new Map<string, { timer: NodeJS.Timeout; at: Date | null }>();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(PROCESS) private readonly process: ProcessInfo,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.open();
  }

  changed(org: string, at: Date): void {
    const held = this.held.get(org);
    if (held) {
      held.at = at;
      return;
    }
    void this.tell(org, at);
    const timer = setTimeout(() => this.release(org), GAP_MS).unref();
    this.held.set(org, { timer, at: null });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.held.values()) clearTimeout(timer);
    this.held.clear();
    await this.store?.close();
  }

  /** A store of the process; it may be long in coming, and never come. */
  protected connect(): Promise<Ephemeral> {
    return openEphemeral(this.settings, this.process, this.log);
  }

  private release(org: string): void {
    const at = this.held.get(org)?.at;
    this.held.delete(org);
    if (at) this.changed(org, at);
  }

  private async open(): Promise<void> {
    if (this.opening || this.stopped) return;
    this.opening = true;
    try {
      const store = await this.connect();
      if (this.stopped) await store.close();
      else this.store = store;
    } catch (err) {
      this.opening = false; // the next change tries again
      this.log.debug({ err }, 'no store for live updates');
    }
  }

  private async tell(org: string, at: Date): Promise<void> {
    if (!this.store) return this.open();
    await this.store
      .publish(worklistChannel(org), String(at.getTime()))
      .catch((err: unknown) => this.log.debug({ err }, 'a change of a worklist was not told'));
  }
}
