import { Invalid, RuleBroken, type Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { ReviewData } from '@concordat/packs';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Kinds } from '../kinds';
import { demandDrafting, draftedReview } from '../release/drafting';
import type { ReviewRecord } from '../review';
import { answersIn, dataProblems, dataRows, entriesInForce, missingData } from '../review-data';
import { Changing } from '../reviews/changing';
import { dataOf, keepData } from './data.repository';
import { KeepDataDto } from './data.dto';

/** What a central body asks of each review: captured once, with what is missing, and taken out as a table. */
@Injectable()
export class DataService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: Changing,
    private readonly kinds: Kinds,
  ) {}

  view(call: Call, id: string) {
    return this.read(call, id, 'review.view-data', (review, form, entries) => ({
      ...{ id, version: review.version, reference: review.reference },
      ...{ form, entries: entriesInForce(form, entries), missing: missingData(form, entries) },
    }));
  }

  /** The same as a table, on record as taken out. */
  export(call: Call, id: string) {
    return this.read(call, id, 'review.export-data', (review, form, entries) => ({
      ...{ reference: review.reference, rows: dataRows(form, review.reference, entries) },
      missing: missingData(form, entries).length,
    }));
  }

  keep(call: Call, id: string) {
    return this.changing.review(
      call,
      id,
      'review.keep-data',
      async ({ tx, review }) => {
        demandDrafting(tx, review);
        const form = this.form(tx, review);
        const { group: code, ordinal, answers: given = [] } = valid(KeepDataDto, call.body);
        const group = form.groups.find((g) => g.code === code);
        const known = new Set((await dataOf(tx, id)).filter((e) => e.group === code).map((e) => e.ordinal));
        if (!group || ordinal > (group.several ? known.size + 1 : 1))
          throw new Invalid([{ field: 'group', code: 'not-in-list', message: 'Choose a part of the form' }]);
        const answers = answersIn(Object.fromEntries(given.map((a) => [a.code, a.value])));
        const problems = dataProblems(group, answers);
        if (problems.length > 0) throw new Invalid(problems);
        await keepData(tx, id, form, { group: code, ordinal, answers });
        tx.about({ items: [`${form.id}@${form.version}`, code] });
        return { what: 'data-kept' };
      },
      { named: true },
    );
  }

  private read<T>(
    call: Call,
    id: string,
    action: Extract<Action, 'review.view-data' | 'review.export-data'>,
    answer: (review: ReviewRecord, form: ReviewData, entries: Awaited<ReturnType<typeof dataOf>>) => T,
  ): Promise<T> {
    const act = { action, call, objects: [{ t: 'review' as const, id }] };
    return this.unit.read(act, async (tx) => {
      const review = await draftedReview(tx, id, action);
      const form = this.form(tx, review);
      tx.about({
        objects: [{ t: 'review', id, ver: String(review.version) }],
        items: [`${form.id}@${form.version}`],
      });
      return answer(review, form, await dataOf(tx, id));
    });
  }

  /** @throws RuleBroken `review-data.not-asked` if no central body asks anything of reviews of this kind */
  private form(tx: Tx, { kind }: ReviewRecord): ReviewData {
    const form = this.kinds.reviewData(kind.code, tx.now);
    if (!form) throw new RuleBroken('review-data.not-asked', 'Nothing is asked of reviews of this kind');
    return form;
  }
}
