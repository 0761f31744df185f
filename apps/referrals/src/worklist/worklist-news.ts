import {
  Ephemeral,
  LOGGER,
  openEphemeral,
  PROCESS,
  SETTINGS,
  type ProcessInfo,
  type Settings,
} from '@concordat/platform';
import { worklistChannel } from '@concordat/contracts';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';

const GAP_MS = 1_000;

/**
 * Tells whoever looks at an agency's worklist that it has changed, at most once a second, and nothing more than when. A
 * comfort: what cannot be told now is not told, and nobody waits for it.
 */
@Injectable()
export class WorklistNews implements OnApplicationShutdown {
  private store: Promise<Ephemeral> | null = null;
  /** By agency: when it changed last, while what was told is less than a second old. */
  private readonly held = new Map<string, { timer: NodeJS.Timeout; at: Date | null }>();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(PROCESS) private readonly process: ProcessInfo,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

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
    for (const { timer } of this.held.values()) clearTimeout(timer);
    this.held.clear();
    const store = await this.store?.catch(() => null);
    await store?.close();
  }

  private release(org: string): void {
    const at = this.held.get(org)?.at;
    this.held.delete(org);
    if (at) this.changed(org, at);
  }

  private async tell(org: string, at: Date): Promise<void> {
    try {
      this.store ??= openEphemeral(this.settings, this.process, this.log);
      await (await this.store).publish(worklistChannel(org), String(at.getTime()));
    } catch (err) {
      this.store = null;
      this.log.debug({ err }, 'a change of a worklist was not told');
    }
  }
}
