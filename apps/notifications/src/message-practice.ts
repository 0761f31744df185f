import type { Calendar } from '@concordat/clocks';
import type { DeadlineKind, HappeningKind, MessageKind, MessageRhythm } from '@concordat/contracts';
import { loadPacks, type MessagePractice, type HappeningRule, type MessageRule } from '@concordat/packs';
import { packFolder, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { goesAt } from './notice';

/** How people hear outside of the pages, by the pack in force. */
@Injectable()
export class Practice {
  readonly rules: MessagePractice;
  private readonly calendar: Calendar;

  constructor(@Inject(SETTINGS) settings: Settings) {
    const packs = loadPacks(packFolder('england-wales'), { cache: join(settings.dataDir, 'cache') });
    this.rules = packs.messages();
    this.calendar = packs.calendar(this.rules.calendar)!;
  }

  /** A rule for each kind of what people are told: of what is due, then of what happened. */
  get all(): readonly MessageRule<MessageKind>[] {
    return [...this.rules.kinds, ...this.rules.happenings];
  }

  of(kind: DeadlineKind): MessageRule {
    return this.rules.kinds.find((rule) => rule.kind === kind)!;
  }

  happening(kind: HappeningKind): HappeningRule {
    return this.rules.happenings.find((rule) => rule.kind === kind)!;
  }

  /** When something told at `now` goes out, by each rhythm. */
  times(now: Date): Readonly<Record<Exclude<MessageRhythm, 'none'>, Date>> {
    const at = (rhythm: Exclude<MessageRhythm, 'none'>): Date => goesAt(rhythm, now, this.rules, this.calendar);
    return { now: at('now'), daily: at('daily'), weekly: at('weekly') };
  }
}
