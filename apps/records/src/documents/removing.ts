import { UnitOfWork } from '@concordat/messaging';
import { Keeping, Lifecycle, LOGGER, serviceActorId, Sweep, systemCall } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { filesToRemove, noteRemoved } from './documents.repository';

const EVERY_MS = 10_000;
const SYSTEM = serviceActorId('records');

/**
 * Removes files whose documents were erased from the object store, which takes no part in transactions: what is to go is a
 * row until it has gone, so that neither a crash nor a store that is away leaves a file behind.
 */
@Injectable()
export class Removing {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly keeping: Keeping,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('files of erased documents', EVERY_MS, () => this.sweep(), log));
  }

  async sweep(): Promise<void> {
    let keys: string[] = [];
    const call = systemCall(SYSTEM, 'operation');
    await this.unit.project(call, async (tx) => {
      keys = await filesToRemove(tx);
    });
    for (const key of keys) await this.keeping.remove(key);
    if (keys.length > 0) await this.unit.project(call, (tx) => noteRemoved(tx, keys));
  }
}
