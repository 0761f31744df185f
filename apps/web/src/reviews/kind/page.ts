import { Get, Param } from '@nestjs/common';
import type { ReviewKind } from '../../apis/review-kinds';
import { Reviews } from '../../apis/reviews';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { FORCES, lengthOf } from '../words';
import { clockRows, diagramOf } from './diagram';

/** A kind of review as its states and clocks: what leads where, what must be there first, and by when. */
@Page({ at: 'reviews/kinds/:code', folder: 'reviews/kind', may: 'review-kind.view', states: ['filled', 'no-clocks'] })
export class KindPage {
  constructor(private readonly reviews: Reviews) {}

  @Get()
  async show(@Visiting() visit: Visit, @Param('code') code: string): Promise<View> {
    const kind = await this.reviews.kind(visit, code);
    const state = (name: string): string => kind.states.find((s) => s.code === name)?.title ?? 'A notification';
    const fact = (name: string): string => kind.facts.find((f) => f.code === name)?.title ?? name;
    const pause = (reason: string): string => kind.pauses.find((p) => p.reason === reason)?.title ?? reason;
    const begins = kind.transitions.filter((t) => !kind.states.some((s) => s.code === t.from));
    const ways = (from: readonly (typeof kind.transitions)[number][]) =>
      from.map((t) => ({
        ...{ to: t.to, title: state(t.to), reason: t.reason ?? false },
        guards: t.guards.map((g) => kind.guards.find((known) => known.code === g)?.text ?? g),
      }));
    return show({
      ...{ kind, diagram: diagramOf(kind), drawn: clockRows(clocksDrawn(kind, fact)) },
      copies: (kind.copies ?? []).map((c) => ({ ...c, force: FORCES[c.force], since: c.from && fact(c.from) })),
      decided: `${kind.decider.who} (${FORCES[kind.decider.force].text})`,
      laws: kind.legalBasis.map((b) => ({ ...b, force: FORCES[b.force] })),
      criteria: kind.criteria.map((c) => ({ ...c, force: FORCES[c.force] })),
      begins: ways(begins),
      states: kind.states.map((s) => ({ ...s, ways: ways(kind.transitions.filter((t) => t.from === s.code)) })),
      clocks: kind.clocks.map((c) => ({
        ...{ code: c.code, title: c.title, source: c.source, force: FORCES[c.force], length: lengthOf(c) },
        ...{ anchor: fact(c.anchor), meets: c.meets.map(fact).join(' or '), perParty: c.perParty },
        pauses:
          c.pauseEffect === 'none'
            ? 'Nothing'
            : `${c.pausable.map(pause).join(', ')}: ${c.pauseEffect === 'stop' ? 'stops it' : 'it needs an extension'}`,
      })),
    });
  }
}

const clocksDrawn = ({ clocks }: Pick<ReviewKind, 'clocks'>, fact: (code: string) => string) =>
  clocks.map((c) => ({
    ...{ code: c.code, from: fact(c.anchor), length: lengthOf(c), force: FORCES[c.force].text },
    meets: c.meets.map(fact),
  }));
