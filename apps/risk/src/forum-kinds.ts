import { civilDate } from '@concordat/clocks';
import { RuleBroken } from '@concordat/contracts';
import { inForce, type ForumKind, type ForumStatistics, type Packs } from '@concordat/packs';
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

  /** Scored instruments that a kind of forum has among its criteria, with the bandings that are in force. */
  banded(code: string, now: Date) {
    const [day, { criteria, bandings = [] }] = [civilDate(now), this.of(code, now)];
    const named = new Set([
      ...criteria.flatMap(({ instrument }) => instrument ?? []),
      ...bandings.map((b) => b.instrument),
    ]);
    return [...named].flatMap((name) => {
      const found = this.packs.instrument(name, day);
      if (!found || found.scoring === 'none') return [];
      const given = bandings.find(({ instrument }) => instrument === name)?.banding ?? found.banding;
      return {
        ...{
          code: name,
          title: found.title,
          bands: found.bands.map((band) => ({ code: band.code, title: band.title })),
        },
        bandings: inForce(found.bandings, day).map(({ id, title, source, verified }) => ({
          id,
          title,
          source,
          verified,
        })),
        /** Which of them holds unless the forum has its own. */
        given: given ?? null,
      };
    });
  }

  titleOf(code: string): string {
    return this.packs.forums().find((forum) => forum.code === code)?.title ?? code;
  }
}
