import { demand } from '@concordat/access';
import { FileWork, OnJob, UnitOfWork, type AskedFile, type FileMaker, type Job, type Tx } from '@concordat/messaging';
import { Lifecycle, LOGGER, Peers, Sweep } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Answering, type Asking, type Figures } from '../answering';
import { subjects } from '../plan';
import { Practice } from '../practice';
import { PACKS } from './pack-files';
import { packPdf, type NameOf, type PackContents } from './pack-pdf';

const EVERY_MS = 10_000;

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Writes packs, a subject at a time. Each is read in the name of whoever asked, by the rights that they have at that moment, and leaves
 * an entry of its own.
 */
@Injectable()
export class PacksRunner implements FileMaker {
  readonly ends = { action: 'quarterly-pack.end', object: 'quarterly-pack' } as const;
  private readonly files: FileWork;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly answering: Answering,
    private readonly practice: Practice,
    private readonly peers: Peers,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    this.files = new FileWork(unit, PACKS, this);
    lifecycle.add(new Sweep('quarterly packs', EVERY_MS, () => this.sweep(), log));
  }

  get keptHours(): number {
    return this.practice.keptHours;
  }

  @OnJob('write-quarterly-pack')
  job({ payload }: Job): Promise<void> {
    return this.files.run(payload.id);
  }

  sweep(): Promise<void> {
    return this.files.sweep();
  }

  async write(work: AskedFile, wrote: () => Promise<void>): Promise<Buffer> {
    const period = work.about;
    const asked: readonly Asking[] = ['missed', ...subjects];
    const figures: Figures[] = [];
    for (const what of asked) {
      figures.push(await this.part(work, what, (tx) => this.answering.asked(tx, what, { period })));
      await wrote();
    }
    const about = await this.files.quietly((tx) => Promise.resolve(this.answering.about(tx, { period })));
    const pack: PackContents = { ...about, figures };
    const bytes: Uint8Array[] = [];
    for await (const piece of packPdf(pack, work.requestedAt, await this.names())) bytes.push(piece);
    return Buffer.concat(bytes);
  }

  /** One part of it, on record as taken out by whoever asked. Throws Unauthenticated when they have left. */
  private async part<T>(work: AskedFile, what: string, read: (tx: Tx) => Promise<T>): Promise<T> {
    const call = await this.files.inTheirName(work);
    const objects = [{ t: 'quarterly-pack' as const, id: work.id }];
    return this.unit.read({ action: 'insight.export', call, objects }, async (tx) => {
      demand(tx.actor, 'insight.export');
      tx.about({ items: [what, work.about] });
      return read(tx);
    });
  }

  /** What organisations and areas are called is asked of their owner. */
  private async names(): Promise<NameOf> {
    const { organisations } = await this.peers.get<{ organisations: Named[] }>('insight', 'identity', '/organisations');
    const { areas } = await this.peers.get<{ areas: Named[] }>('insight', 'identity', '/areas');
    const known = new Map([...organisations, ...areas].map((each) => [each.id, each.name]));
    return (id) => known.get(id) ?? 'Not known';
  }
}
