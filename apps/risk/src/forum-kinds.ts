import { civilDate } from '@concordat/clocks';
import { RuleBroken } from '@concordat/contracts';
import type { ForumKind, ForumStatistics, Packs } from '@concordat/packs';
import { Injectable } from '@nestjs/common';
import { Instruments } from './instruments';

/** How kinds of forums work, as the pack in force says it. */
@Injectable()
export class ForumKinds {
  constructor(private readonly instruments: Instruments) {}

  get packs(): Packs {
    return this.instruments.packs;
  }

  /** Throws RuleBroken for a kind of which the pack says nothing on the day of `now`. */
  of(code: string, now: Date): ForumKind {
    const kind = this.packs.forumKind(code, civilDate(now));
    if (!kind) throw new RuleBroken('forum.kind-unknown', 'The pack in force does not say how such a forum works');
    return kind;
  }

  /** What the return of such a forum counts, by the rules of a civil day. Throws RuleBroken where the pack says nothing of it. */
  statisticsOf(code: string, day: string): ForumStatistics {
    const found = this.packs.forumStatistics(code, day);
    if (!found)
      throw new RuleBroken('forum.statistics-unknown', 'The pack in force does not say what such a forum counts');
    return found;
  }

  /** Kinds of which the pack says on the day of `now` how they work. */
  all(now: Date) {
    return this.packs.forums().flatMap(({ code, title }) => {
      const kind = this.packs.forumKind(code, civilDate(now));
      return kind ? [{ code, title, repeat: kind.repeat ?? null, advocate: kind.advocate ?? null }] : [];
    });
  }

  titleOf(code: string): string {
    return this.packs.forums().find((forum) => forum.code === code)?.title ?? code;
  }
}
