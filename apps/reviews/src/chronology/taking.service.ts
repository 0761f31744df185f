import { civilDate } from '@concordat/clocks';
import { Invalid, newId, type FieldProblem } from '@concordat/contracts';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import * as kept from '../chronology.repository';
import type { ChronologyItem } from '../combined-chronology';
import { subjectIsDead } from '../evidence-question';
import { EvidenceShares, evidenceOf } from '../evidence-shares';
import { Changing, recordedBy } from '../reviews/changing';
import { TakeEntriesDto } from './chronology.dto';
import { itemProblems } from './item-problems';

/**
 * Takes into a review what an agency has recorded itself in the chronology of a case. All of it is decided at once, as what it tells
 * of, before any of it is kept; an entry is taken once. The entry itself stays where it is.
 */
@Injectable()
export class TakingService {
  constructor(
    private readonly changing: Changing,
    private readonly shares: EvidenceShares,
  ) {}

  take(call: Call, id: string) {
    return this.changing.review(
      call,
      id,
      'review.give-evidence',
      async ({ tx, review, kind }) => {
        const { entries, informs } = valid(TakeEntriesDto, call.body);
        const evidence = evidenceOf(kind);
        const [fromOrg, today] = [tx.actor.orgId ?? '', civilDate(tx.now)];
        const taken = new Set((await kept.itemsOf(tx, id)).map(({ takenFrom }) => takenFrom));
        const problems = entries.flatMap(({ entryId, date }, i): FieldProblem[] => [
          ...itemProblems({ date, informs }, evidence, today).map((p) =>
            p.field === 'informs' ? p : { ...p, field: `entries.${i}.${p.field}` },
          ),
          ...(taken.has(entryId)
            ? [{ field: `entries.${i}`, code: 'taken-already', message: 'The review has this entry already' }]
            : []),
        ]);
        if (entries.length === 0) problems.push({ field: 'entries', code: 'required', message: 'Choose an entry' });
        if (problems.length > 0) throw new Invalid(problems);
        const { document, ownerOrg } = review;
        const dead = subjectIsDead(evidence, document);
        const offer = { byId: tx.actor.id, reviewId: id, fromOrg, toOrg: ownerOrg, informs, dead };
        const decisionId = fromOrg === ownerOrg ? null : await this.shares.permitted(tx, evidence, offer);
        const next = await kept.nextItem(tx, id);
        for (const [i, entry] of entries.entries()) {
          const item: ChronologyItem = {
            ...{ id: newId(), number: next + i, orgId: fromOrg, date: entry.date, event: entry.event, people: [] },
            ...{ approximate: entry.approximate ?? false, theme: null, source: entry.source, seen: 'not-recorded' },
            ...{ decision: null, comment: entry.comment ?? null, thirdParty: entry.thirdParty ?? false, decisionId },
            ...{ informs: [...new Set(informs)].sort(), corrects: null, why: null, takenFrom: entry.entryId },
            ...recordedBy(tx),
          };
          await kept.keepItem(tx, id, item);
          tx.about({ objects: [{ t: 'chronology-entry' as const, id: item.id }] });
        }
        tx.about({ items: [...new Set(informs)].sort() });
        return {
          what: 'chronology-item',
          document: { chronologyChanges: (document.chronologyChanges ?? 0) + entries.length },
        };
      },
      { named: true },
    );
  }
}
