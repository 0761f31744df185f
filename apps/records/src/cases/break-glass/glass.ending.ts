import { GlassEnded } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { AT_ONCE_MS, Lifecycle, LOGGER, serviceActorId, Sweep, systemCall } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { endedUses, endUse } from './glass.repository';

const EVERY_MS = 5_000;
const SYSTEM = serviceActorId('records');

/** Somebody else was first: undoes the unit without a trace. */
class NothingToEnd extends Error {}

/**
 * Puts on record that the time of an emergency opening is up (BRK-4). The access itself ends by the clock, in every query,
 * whether or not this runs.
 */
@Injectable()
export class GlassEnding {
  constructor(
    private readonly unit: UnitOfWork,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('ended break-glass uses', EVERY_MS, () => this.sweep(), log, AT_ONCE_MS));
  }

  async sweep(): Promise<void> {
    let ended: { id: string }[] = [];
    await this.unit.project(systemCall(SYSTEM, 'operation'), async (tx) => {
      ended = await endedUses(tx);
    });
    for (const { id } of ended) await this.end(id);
  }

  private async end(id: string): Promise<void> {
    const objects = [{ t: 'break-glass' as const, id }];
    try {
      await this.unit.run({ action: 'glass.end', call: systemCall(SYSTEM, 'operation'), objects }, async (tx) => {
        const stream = await tx.lock(id);
        const use = await endUse(tx, id);
        if (!use) throw new NothingToEnd();
        stream.publish(GlassEnded, { useId: id, caseId: use.caseId });
        tx.about({ objects: [{ t: 'case', id: use.caseId }] });
      });
    } catch (error) {
      if (!(error instanceof NothingToEnd)) throw error;
    }
  }
}
