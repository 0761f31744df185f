import { demand } from '@concordat/access';
import { OnJob, UnitOfWork, type Job, type Tx } from '@concordat/messaging';
import {
  Forbidden,
  Lifecycle,
  LOGGER,
  Peers,
  Sweep,
  systemCall,
  Unauthenticated,
  type Call,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Answering, type Asking, type Figures } from '../answering';
import { bookkeeping, SYSTEM } from '../bookkeeping';
import { actorNow } from '../members.repository';
import { subjects } from '../plan';
import { Practice } from '../practice';
import { packPdf, type NameOf, type PackContents } from './pack-pdf';
import * as kept from './packs.repository';

const EVERY_MS = 10_000;
const CLAIM_SECONDS = 120;

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Writes packs, a subject at a time. Each is read in the name of whoever asked, by the rights that they have at that moment, and leaves
 * an entry of its own.
 */
@Injectable()
export class PacksRunner {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly answering: Answering,
    private readonly practice: Practice,
    private readonly peers: Peers,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('quarterly packs', EVERY_MS, () => this.sweep(), log));
  }

  @OnJob('write-quarterly-pack')
  job({ payload }: Job): Promise<void> {
    return this.run(payload.id);
  }

  async sweep(): Promise<void> {
    for (const { id } of await bookkeeping(this.unit, kept.waitingPacks)) await this.run(id);
    for (const { id } of await bookkeeping(this.unit, kept.overduePacks)) await this.end(id, 'done', 'expired');
  }

  private async run(id: string): Promise<void> {
    const work = await bookkeeping(this.unit, (tx) => kept.claimPack(tx, id, CLAIM_SECONDS));
    if (!work) return;
    try {
      await this.write(work);
    } catch (error) {
      // Who asked has left, or may not any more: that does not pass. Anything else may, and is tried again.
      if (error instanceof Forbidden || error instanceof Unauthenticated)
        return await this.end(id, 'running', 'failed', error.details.reasons?.[0] ?? error.code);
      await bookkeeping(this.unit, (tx) => kept.releasePack(tx, id));
      throw error;
    }
  }

  private async write(work: kept.ClaimedPack): Promise<void> {
    const { period } = work;
    const asked: readonly Asking[] = ['missed', ...subjects];
    const figures: Figures[] = [];
    for (const what of asked)
      figures.push(await this.part(work, what, (tx) => this.answering.asked(tx, what, { period })));
    const about = await bookkeeping(this.unit, (tx) => Promise.resolve(this.answering.about(tx, { period })));
    const pack: PackContents = { ...about, figures };
    const bytes: Uint8Array[] = [];
    for await (const piece of packPdf(pack, work.requestedAt, await this.names())) bytes.push(piece);
    await bookkeeping(this.unit, (tx) => kept.finishPack(tx, work.id, Buffer.concat(bytes), this.practice.keptHours));
  }

  /** One part of it, on record as taken out by whoever asked. Throws Unauthenticated when they have left. */
  private async part<T>(work: kept.ClaimedPack, what: string, read: (tx: Tx) => Promise<T>): Promise<T> {
    const { correlationId, path, purpose, period } = work;
    const actor = await bookkeeping(this.unit, (tx) => actorNow(tx, work.userId, work.orgId));
    if (!actor) throw new Unauthenticated('member.unknown', 'Whoever asked is not a member any more');
    const call: Call = { ...systemCall(actor.id, purpose), actor, correlationId, method: 'POST', path };
    const objects = [{ t: 'quarterly-pack' as const, id: work.id }];
    const found = await this.unit.read({ action: 'insight.export', call, objects }, async (tx) => {
      demand(tx.actor, 'insight.export');
      tx.about({ items: [what, period] });
      return read(tx);
    });
    await bookkeeping(this.unit, (tx) => kept.partWritten(tx, work.id, CLAIM_SECONDS));
    return found;
  }

  /** What agencies and areas are called is asked of their owner. */
  private async names(): Promise<NameOf> {
    const { organisations } = await this.peers.get<{ organisations: Named[] }>('insight', 'identity', '/organisations');
    const { areas } = await this.peers.get<{ areas: Named[] }>('insight', 'identity', '/areas');
    const known = new Map([...organisations, ...areas].map((each) => [each.id, each.name]));
    return (id) => known.get(id) ?? 'Not known';
  }

  private async end(id: string, from: kept.PackState, state: 'failed' | 'expired', code: string | null = null) {
    const objects = [{ t: 'quarterly-pack' as const, id }];
    await this.unit.run(
      { action: 'quarterly-pack.end', call: systemCall(SYSTEM, 'operation'), objects },
      async (tx) => {
        await kept.endPack(tx, id, from, state, code);
        tx.about({ items: [state], ...(code ? { reasons: [code] } : {}) });
      },
    );
  }
}
