import type { ContextName, Received } from '@concordat/contracts';
import { OnJob, UnitOfWork, type Job } from '@concordat/messaging';
import { Lifecycle, LOGGER, Sweep, systemCall } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { bookkeeping, SYSTEM } from '../bookkeeping';
import { generations } from '../counts.repository';
import { CountsService } from '../counts.service';
import { countedTypes, tellingsOf } from '../told';
import { Past } from './past';
import * as kept from './rebuilds.repository';

const EVERY_MS = 10_000;
const CLAIM_SECONDS = 120;
const SOURCES = [...new Set(countedTypes.map((type) => type.split('.')[0] as ContextName))];

/**
 * Counts everything anew beside the numbers that stand, from what every context has ever told, while what is told meanwhile is counted
 * in both. At the end the new ones take over, and it is said whether they were the same.
 */
@Injectable()
export class RebuildsRunner {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly counts: CountsService,
    private readonly past: Past,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('rebuilds', EVERY_MS, () => this.sweep(), log));
  }

  @OnJob('rebuild-insight')
  job({ payload }: Job): Promise<void> {
    return this.run(payload.id);
  }

  async sweep(): Promise<void> {
    for (const { id } of await bookkeeping(this.unit, kept.waitingRebuilds)) await this.run(id);
  }

  private async run(id: string): Promise<void> {
    const generation = await bookkeeping(this.unit, async (tx) => {
      if (!(await kept.claimRebuild(tx, id, CLAIM_SECONDS))) return null;
      await generations(tx);
      return kept.beginGeneration(tx);
    });
    if (generation === null) return;
    for (const source of SOURCES)
      for await (const { streams, events } of this.past.of(source)) await this.count(id, generation, streams, events);
    await this.unit.run({ action: 'insight.rebuild', call: systemCall(SYSTEM, 'operation') }, async (tx) => {
      const [, filling] = await generations(tx);
      if (filling !== generation) return; // somebody else has begun again
      const differs = await kept.takeOver(tx, id);
      tx.about({ items: [differs === 0 ? 'same' : 'differs'] });
    });
  }

  private count(id: string, generation: number, streams: number, events: readonly Received[]): Promise<void> {
    return bookkeeping(this.unit, async (tx) => {
      const there = await generations(tx);
      if (there.includes(generation)) await this.counts.count(tx, generation, events.flatMap(tellingsOf));
      await kept.progressed(tx, id, streams, events.length, CLAIM_SECONDS);
    });
  }
}
