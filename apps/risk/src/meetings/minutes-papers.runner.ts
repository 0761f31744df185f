import { FileWork, OnJob, UnitOfWork, type AskedFile, type FileMaker, type Job } from '@concordat/messaging';
import { KeyBox, Lifecycle, LOGGER, PROCESS, Sweep, type ProcessInfo } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ForumKinds } from '../forum-kinds';
import { digestOf, MinutesService } from './minutes.service';
import { keepMadeOf, PAPERS } from './minutes-papers.repository';
import { minutesPdf } from './minutes-pdf';
import { PaperPeople } from './paper-people';

const EVERY_MS = 10_000;

/**
 * Writes minutes as PDFs in the name of whoever asked: they are read by the rights that they have then, and each case's people are
 * asked for one case after the other. The file is sealed, because it says who people are, which risk knows nowhere else.
 */
@Injectable()
export class MinutesPapersRunner implements FileMaker {
  readonly ends = { action: 'minutes-paper.end', object: 'minutes-paper' } as const;
  private readonly files: FileWork;
  private readonly box: KeyBox;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly minutes: MinutesService,
    private readonly people: PaperPeople,
    private readonly kinds: ForumKinds,
    lifecycle: Lifecycle,
    @Inject(PROCESS) process: ProcessInfo,
    @Inject(LOGGER) log: Logger,
  ) {
    this.files = new FileWork(unit, PAPERS, this);
    this.box = new KeyBox(process.detailKeys, 'minutes-papers');
    lifecycle.add(new Sweep('minutes on paper', EVERY_MS, () => this.sweep(), log));
  }

  get keptHours(): number {
    return this.kinds.packs.handOver().exportKeptHours;
  }

  @OnJob('write-minutes')
  job({ payload }: Job): Promise<void> {
    return this.files.run(payload.id);
  }

  sweep(): Promise<void> {
    return this.files.sweep();
  }

  async write(work: AskedFile, wrote: () => Promise<void>): Promise<Buffer> {
    const { id, about: meetingId } = work;
    const call = await this.files.inTheirName(work);
    const objects = [
      { t: 'minutes-paper' as const, id },
      { t: 'meeting' as const, id: meetingId },
    ];
    const minutes = await this.unit.read({ action: 'meeting.read-minutes', call, objects }, (tx) =>
      this.minutes.told(tx, meetingId),
    );
    const names = await this.people.of(minutes, work, wrote);
    const bytes: Uint8Array[] = [];
    for await (const piece of minutesPdf(minutes, names, work.requestedAt)) bytes.push(piece);
    await this.files.quietly((tx) => keepMadeOf(tx, id, digestOf(minutes)));
    return this.box.seal(id, Buffer.concat(bytes));
  }
}
