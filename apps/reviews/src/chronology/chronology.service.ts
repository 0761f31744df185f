import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Invalid, newId, RuleBroken, wrong, type Action } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import * as kept from '../chronology.repository';
import {
  chosenOf,
  combined,
  currentItems,
  gapsIn,
  GAP_DAYS,
  silentAgencies,
  type ChronologyItem,
  type FrozenChronology,
  type SameEvent,
} from '../combined-chronology';
import { subjectIsDead } from '../evidence-question';
import { EvidenceShares, evidenceOf } from '../evidence-shares';
import { Kinds } from '../kinds';
import { demandDrafting, isDrafting } from '../release/drafting';
import { Changing, recordedBy } from '../reviews/changing';
import { visibleReview } from '../reviews/reviews.repository';
import { itemProblems } from './item-problems';
import { CorrectEvidenceDto, GiveEvidenceDto, ReadChronologyDto, SameReviewEventDto } from './chronology.dto';

/** What agencies tell a review, each item decided before it enters and again at each look, put together and frozen. */
@Injectable()
export class ChronologyService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: Changing,
    private readonly kinds: Kinds,
    private readonly shares: EvidenceShares,
  ) {}

  view(call: Call, id: string) {
    return this.read(call, id, 'review.view-chronology');
  }

  /** As it is printed or put into a file: on record as taken out, and for those who draft the review. */
  export(call: Call, id: string) {
    return this.read(call, id, 'review.export-chronology');
  }

  /**
   * An agency tells one thing of its own records. It is decided before it is kept: what is not permitted, or is left to a
   * person, does not enter the review, and nothing of it is kept here.
   */
  give(call: Call, id: string) {
    return this.keep(call, id, () => ({ ...valid(GiveEvidenceDto, call.body), corrects: null, why: null }));
  }

  /** An agency puts right what it has told: decided anew, and kept beside the one that it takes the place of. */
  correct(call: Call, id: string) {
    return this.keep(call, id, () => valid(CorrectEvidenceDto, call.body));
  }

  private keep(call: Call, id: string, told: () => GiveEvidenceDto & Pick<ChronologyItem, 'corrects' | 'why'>) {
    return this.changing.review(
      call,
      id,
      'review.give-evidence',
      async ({ tx, review, kind }) => {
        const dto = told();
        const evidence = evidenceOf(kind);
        const problems = itemProblems(dto, evidence, civilDate(tx.now));
        if (problems.length > 0) throw new Invalid(problems);
        const fromOrg = tx.actor.orgId ?? '';
        const { document, ownerOrg } = review;
        const { corrects, why } = dto;
        if (corrects !== null) {
          const { items } = currentItems(await kept.itemsOf(tx, id), []);
          if (!items.some((i) => i.id === corrects && i.orgId === fromOrg))
            throw wrong('corrects', 'not-in-list', 'Choose an entry that your agency has told');
        }
        const decided =
          fromOrg === ownerOrg
            ? null
            : await this.shares.permitted(tx, evidence, {
                byId: tx.actor.id,
                reviewId: id,
                fromOrg,
                toOrg: ownerOrg,
                informs: dto.informs,
                dead: subjectIsDead(evidence, document),
              });
        const item: ChronologyItem = {
          ...{ id: newId(), number: await kept.nextItem(tx, id), orgId: fromOrg, date: dto.date, event: dto.event },
          ...{ approximate: dto.approximate ?? false, people: [...new Set(dto.people ?? [])], source: dto.source },
          ...{ theme: dto.theme ?? null, seen: dto.seen, decision: dto.decision ?? null, comment: dto.comment ?? null },
          ...{ thirdParty: dto.thirdParty ?? false, informs: [...new Set(dto.informs)].sort(), decisionId: decided },
          ...{ corrects, why, takenFrom: null, ...recordedBy(tx) },
        };
        await kept.keepItem(tx, id, item);
        tx.about({ objects: [{ t: 'chronology-entry' as const, id: item.id }], items: [...item.informs] });
        if (corrects !== null) tx.about({ objects: [{ t: 'chronology-entry' as const, id: corrects }] });
        return {
          what: corrects === null ? 'chronology-item' : 'chronology-corrected',
          document: { chronologyChanges: (document.chronologyChanges ?? 0) + 1 },
        };
      },
      { named: true },
    );
  }

  /** Two items are about one event. Both stay, and stand together from then on. */
  join(call: Call, id: string) {
    return this.changing.review(
      call,
      id,
      'review.link-entries',
      async ({ tx, review, kind }) => {
        demandDrafting(tx, review);
        const { one, other, why } = valid(SameReviewEventDto, call.body);
        const now = currentItems(await kept.itemsOf(tx, id), await kept.sameEventsOf(tx, id));
        const shown = await this.shares.stillShown(tx, review, kind.evidence, now.items);
        const pair: SameEvent = one < other ? [one, other] : [other, one];
        if (one === other || !pair.every((p) => shown.some((i) => i.id === p)))
          throw wrong('other', 'not-in-list', 'Choose two entries');
        if (combined(shown, now.same).some(({ items }) => pair.every((p) => items.some((i) => i.id === p))))
          throw new RuleBroken('chronology.joined-already', 'They are one event already');
        await kept.keepSame(tx, id, pair, why);
        tx.about({ objects: pair.map((p) => ({ t: 'chronology-entry' as const, id: p })) });
        const chronologyChanges = (review.document.chronologyChanges ?? 0) + 1;
        return { what: 'chronology-linked', document: { chronologyChanges } };
      },
      { named: true },
    );
  }

  /** Keeps the chronology as it stands, under a number and a digest of everything in it. It can go on being added to. */
  freeze(call: Call, id: string) {
    return this.changing.review(call, id, 'review.freeze-chronology', async ({ tx, review: { document } }) => {
      const items = await kept.itemsOf(tx, id);
      if (items.length === 0) throw new RuleBroken('chronology.empty', 'There is nothing in it to freeze');
      const same = await kept.sameEventsOf(tx, id);
      const { chronologies = [], chronologyChanges = 0, round } = document;
      const digest = createHash('sha256').update(JSON.stringify({ items, same })).digest('hex');
      const version: FrozenChronology = {
        ...{
          number: chronologies.length + 1,
          round,
          items: currentItems(items, []).items.length,
          changes: chronologyChanges,
          digest,
        },
        ...recordedBy(tx),
      };
      await kept.keepVersion(tx, id, { number: version.number, items: items.map((i) => i.id), same }, digest);
      tx.about({ items: [`version.${version.number}`], detail: { digest, entries: version.items } });
      return { what: 'chronology-frozen', document: { chronologies: [...chronologies, version] } };
    });
  }

  private read(call: Call, id: string, action: Extract<Action, 'review.view-chronology' | 'review.export-chronology'>) {
    const act = { action, call, objects: [{ t: 'review' as const, id }] };
    return this.unit.read(act, async (tx) => {
      const review = await visibleReview(tx, id);
      demand(tx.actor, action);
      if (action === 'review.export-chronology') demandDrafting(tx, review);
      const { version: number, ...chosen } = valid(ReadChronologyDto, call.query);
      const kind = await this.kinds.of(tx, review.kind);
      const frozen = number === undefined ? undefined : await kept.versionOf(tx, id, number);
      if (number !== undefined && !frozen) throw new NotFound('chronology-version');
      const all = (await kept.itemsOf(tx, id)).filter((i) => !frozen || frozen.items.includes(i.id));
      const now = currentItems(all, frozen?.same ?? (await kept.sameEventsOf(tx, id)));
      const shown = await this.shares.stillShown(tx, review, kind.evidence, now.items);
      const former = await this.shares.stillShown(
        tx,
        review,
        kind.evidence,
        shown.flatMap((i) => now.formerOf(i.id)),
      );
      const events = combined(shown, now.same);
      tx.about({
        objects: [
          { t: 'review', id, ver: String(review.version) },
          ...[...shown, ...former].map((i) => ({ t: 'chronology-entry' as const, id: i.id })),
        ],
        ...(number === undefined ? {} : { items: [`version.${number}`] }),
      });
      const { chronologies = [] } = review.document;
      return {
        ...{ id, version: review.version, reference: review.reference, ownerOrg: review.ownerOrg },
        ...{ events: chosenOf(events, chosen), gaps: gapsIn(shown), gapDays: GAP_DAYS },
        ...{ silent: silentAgencies(review.document, all), hidden: now.items.length - shown.length, former },
        ...{ themes: among(shown.flatMap((i) => i.theme ?? [])), people: among(shown.flatMap((i) => i.people)) },
        ...{ agencies: among(shown.map((i) => i.orgId)), frozen: chronologies, shown: number ?? null },
        informs: kind.evidence?.informs ?? [],
        may: {
          give: kind.evidence !== undefined,
          join: isDrafting(tx, review),
          ...{ as: tx.actor.orgId, correct: number === undefined },
          export: isDrafting(tx, review),
          freeze: tx.actor.orgId === review.ownerOrg && tx.actor.roles.includes('review-coordinator'),
        },
      };
    });
  }
}

const among = (values: readonly string[]): string[] => [...new Set(values)].sort();
