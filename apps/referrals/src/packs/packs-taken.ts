import { nameId } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { packDifferences, type PackDocument } from '@concordat/packs';
import { Lifecycle, serviceActorId, systemCall } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Practice } from '../practice';

/** A pack as it was taken up: from then until the next, decisions were made by it. */
export interface TakenPack {
  readonly pack: string;
  readonly documents: readonly PackDocument[];
  readonly takenAt: Date;
}

/** Two processes that start at once take a pack up one after the other. */
const ONE_AT_A_TIME = nameId('pack/taken-up');

/** Keeps on record which pack is in force from when. A start with the pack that was taken up last leaves no trace. */
@Injectable()
export class PacksTaken {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
    lifecycle: Lifecycle,
  ) {
    lifecycle.add({ name: 'pack', start: () => this.takeUp(), stop: () => Promise.resolve() });
  }

  /** All that were taken up, newest first. */
  async all(tx: Tx): Promise<readonly TakenPack[]> {
    return tx.query<TakenPack & Record<string, unknown>>(
      'SELECT pack, documents, taken_at AS "takenAt" FROM pack_taken ORDER BY place DESC LIMIT 50',
      [],
      'packs-taken-up',
    );
  }

  /** takeUp puts the pack on record unless it is the one that was taken up last. */
  async takeUp(): Promise<void> {
    const { stamp, packs } = this.practice;
    const documents = packs.documents();
    const call = systemCall(serviceActorId('referrals'), 'pack-take-up');
    let known = false;
    await this.unit.project(call, async (tx) => void (known = isThis((await this.all(tx))[0], stamp, documents)));
    if (known) return;
    await this.unit.run({ action: 'pack.take-up', call }, async (tx) => {
      await tx.lock(ONE_AT_A_TIME);
      const [last] = await this.all(tx);
      tx.about({ items: [stamp] });
      if (isThis(last, stamp, documents)) return;
      await tx.execute('INSERT INTO pack_taken (pack, documents, taken_at) VALUES ($1, $2, $3)', [
        ...[stamp, JSON.stringify(documents), tx.now],
      ]);
    });
  }
}

const isThis = (last: TakenPack | undefined, stamp: string, documents: readonly PackDocument[]): boolean =>
  last?.pack === stamp && packDifferences(last.documents, documents).length === 0;
