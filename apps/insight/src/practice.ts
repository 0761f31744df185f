import { civilDate } from '@concordat/clocks';
import { inWords } from '@concordat/contracts';
import { loadPacks, type Packs } from '@concordat/packs';
import { packFolder, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';

/** What number is small where the pack says it of no forum. */
const SMALL = 5;

/** What the pack in force says of what is counted: what things are called, and which number is small. */
@Injectable()
export class Practice {
  readonly packs: Packs;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.packs = loadPacks(packFolder('england-wales'), { cache: join(settings.dataDir, 'cache') });
  }

  /** The greatest of the numbers below which any forum calls a number small: what holds for one holds for all together. */
  smallBelow(now: Date): number {
    const day = civilDate(now);
    const limits = this.packs.forums().flatMap(({ code }) => this.packs.forumStatistics(code, day)?.smallBelow ?? []);
    return Math.max(SMALL, ...limits);
  }

  /** How long a file that leaves the system is kept. */
  get keptHours(): number {
    return this.packs.handOver().exportKeptHours;
  }

  /** Kinds as they are called: pathways and kinds of forums. */
  titleOf(code: string): string {
    const { packs } = this;
    const found = packs.pathway(code) ?? packs.forums().find((forum) => forum.code === code);
    return found?.title ?? inWords(code);
  }
}
