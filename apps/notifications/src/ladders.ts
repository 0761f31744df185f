import type { Calendar } from '@concordat/clocks';
import type { DeadlineKind } from '@concordat/contracts';
import { loadPacks } from '@concordat/packs';
import { packFolder, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { rungsOf, type TimedRung } from './ladder';

/** The ladders of the pack in force. */
@Injectable()
export class Ladders {
  /** The stamp that each deadline keeps: `england-wales@1.14.0/deadline-ladders@2`. */
  readonly stamp: string;
  private readonly rungs: (kind: DeadlineKind, due: Date, known: Date) => readonly TimedRung[];

  constructor(@Inject(SETTINGS) settings: Settings) {
    const packs = loadPacks(packFolder('england-wales'), { cache: join(settings.dataDir, 'cache') });
    const rules = packs.deadlineLadders();
    const calendar: Calendar = packs.calendar(rules.calendar)!;
    const ladders = new Map(rules.ladders.map((each) => [each.kind, each]));
    this.stamp = `${packs.version}/deadline-ladders@${rules.version}`;
    this.rungs = (kind, due, known) => rungsOf(ladders.get(kind)!, due, known, rules, calendar);
  }

  /** When each rung of a deadline is told, resolved now and for good (events.md D6). */
  of(kind: DeadlineKind, due: Date, known: Date): readonly TimedRung[] {
    return this.rungs(kind, due, known);
  }
}
