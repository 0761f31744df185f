import { demand } from '@concordat/access';
import { addDays, addMonths, civilDate } from '@concordat/clocks';
import { newId, RuleBroken, wrong } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Peers, serviceActorId, systemCall, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { figuresOf, noteContradicts, type AsbFigures } from '../asb-figures';
import { Kinds } from '../kinds';
import { PeriodDto, PublishFiguresDto } from './asb.dto';
import { countedCase } from './counted-cases';
import * as kept from './figures.repository';

/** Anybody may read what is published, so it is read, and put on record, once in this time, however many ask. */
const FRESH_MS = 30_000;
type Shown = Omit<kept.Published, 'figures'> & { readonly name: string; readonly figures: AsbFigures };

/** Counts the yearly figures of ASB case reviews (2014 Act s.104(9)), and publishes them once they agree. */
@Injectable()
export class FiguresService {
  private shown: { readonly until: number; readonly all: Promise<readonly Shown[]> } | null = null;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
    private readonly peers: Peers,
  ) {}

  /** The figures of a period as they would be published, with whatever contradicts in them. */
  count(call: Call) {
    return this.unit.read({ action: 'asb-figures.count', call }, async (tx) => {
      demand(tx.actor, 'asb-figures.count');
      const { from, to } = valid(PeriodDto, call.query);
      demandPeriod(from, to, civilDate(tx.now));
      return { from, to, figures: await this.figures(tx, from, to) };
    });
  }

  /** Publishes the figures of a period. Contradictory ones are not: their cases are put right first. */
  async publish(call: Call) {
    const done = await this.unit.run({ action: 'asb-figures.publish', call }, async (tx) => {
      demand(tx.actor, 'asb-figures.publish');
      const { from, to, note = null, noteExplained } = valid(PublishFiguresDto, call.body);
      const today = civilDate(tx.now);
      demandPeriod(from, to, today);
      if (to >= today) throw wrong('to', 'not-over', 'The period must be over');
      const figures = await this.figures(tx, from, to);
      if (figures.contradictions.length > 0)
        throw new RuleBroken('asb-figures.contradictory', 'The figures contradict each other', {
          reasons: ['figures.contradictory'],
        });
      const odd = note ? noteContradicts(note, figures) : [];
      if (odd.length > 0 && !noteExplained?.trim())
        throw wrong('note', 'contradicts', `${odd.join('. ')}. Correct it, or explain it below`);
      if (odd.length > 0) tx.about({ reasons: ['figures.note-explained'], justification: noteExplained! });
      const id = newId();
      const edition = await kept.keepFigures(tx, { id, ownerOrg: tx.actor.orgId!, from, to, figures, note });
      tx.about({ items: [`figures.${from}.${to}`], decision: 'published' });
      return { id, version: edition };
    });
    this.shown = null;
    return { ...done.value, receipt: done.receipt };
  }

  /** What anybody may read: of each period the last edition. */
  async published(): Promise<{ figures: readonly Shown[] }> {
    if (!this.shown || this.shown.until < Date.now()) {
      const all = this.read();
      this.shown = { until: Date.now() + FRESH_MS, all };
      all.catch(() => (this.shown = null)); // what failed is tried again by the next who asks
    }
    return { figures: await this.shown.all };
  }

  private async read(): Promise<readonly Shown[]> {
    const { organisations } = await this.peers.get<{
      organisations: readonly { readonly id: string; readonly name: string }[];
    }>('reviews', 'identity', '/organisations');
    const names = new Map(organisations.map(({ id, name }) => [id, name]));
    const call = systemCall(serviceActorId('reviews'), 'publication');
    return this.unit.read({ action: 'asb-figures.show', call }, async (tx) => {
      const all = await kept.publishedFigures(tx);
      const last = all.filter(
        (p, i) => all.findIndex((q) => q.ownerOrg === p.ownerOrg && q.from === p.from && q.to === p.to) === i,
      );
      tx.about({ items: last.map((p) => `figures.${p.from}.${p.to}`) });
      return last.map((p) => ({ ...p, name: names.get(p.ownerOrg) ?? 'An organisation' }));
    });
  }

  private async figures(tx: Tx, from: string, to: string): Promise<AsbFigures> {
    const counted = this.kinds.withStatistics();
    const reviews = await kept.reviewsOfKinds(tx, tx.actor.orgId!, counted);
    const steps = await kept.stepsTaken(
      tx,
      reviews.map(({ id }) => id),
    );
    tx.about({ objects: reviews.map(({ id, version }) => ({ t: 'review', id, ver: String(version) })) });
    const cases = reviews.map((review) =>
      countedCase(
        review,
        steps.filter((s) => s.reviewId === review.id),
      ),
    );
    return figuresOf(cases, from, to);
  }
}

/** A reporting period is twelve months at most (s.104(9)). */
function demandPeriod(from: string, to: string, today: string): void {
  if (from > today) throw wrong('from', 'in-future', 'The first day must be today or earlier');
  if (to < from) throw wrong('to', 'too-early', 'The last day must not be before the first');
  if (to > addDays(addMonths(from, 12), -1)) throw wrong('to', 'too-long', 'A period is twelve months at most');
}
