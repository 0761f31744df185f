import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../config';
import { LOGGER, PROCESS, SETTINGS, type ProcessInfo } from '../platform.module';
import type { Ephemeral } from './ephemeral';
import { openEphemeral } from './open';

const GAP_MS = 1_000;

/** A change, as it is told: when, and codes that say what of. Nothing that is anybody's. */
export interface Change {
  readonly at: Date;
  /** A code of what changed: changes of one thing are told together. */
  readonly what?: string;
  readonly version?: number;
}

/**
 * Tells whoever listens to a channel that something has changed, of one thing at most once a second, and the last of them always.
 * A comfort: what cannot be told now is not told, and neither starting, stopping nor any event waits for the store.
 */
@Injectable()
export class News implements OnApplicationBootstrap, OnApplicationShutdown {
  private store: Ephemeral | null = null;
  private opening = false;
  private stopped = false;
  /** By channel and what: the last change, while what was told is less than a second old. */
  private readonly held = new Map<string, { timer: NodeJS.Timeout; change: Change | null }>();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(PROCESS) private readonly process: ProcessInfo,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.open();
  }

  changed(channel: string, change: Change): void {
    const key = `${channel} ${change.what ?? ''}`;
    const held = this.held.get(key);
    if (held) {
      held.change = change;
      return;
    }
    void this.tell(channel, change);
    const timer = setTimeout(() => this.release(channel, key), GAP_MS).unref();
    this.held.set(key, { timer, change: null });
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

  private release(channel: string, key: string): void {
    const change = this.held.get(key)?.change;
    this.held.delete(key);
    if (change) this.changed(channel, change);
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

  private async tell(channel: string, { at, what, version }: Change): Promise<void> {
    if (!this.store) return this.open();
    await this.store
      .publish(channel, [at.getTime(), what, version].filter((part) => part !== undefined).join(' '))
      .catch((err: unknown) => this.log.debug({ err }, 'a change was not told'));
  }
}
