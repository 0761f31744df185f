import { civilDate } from '@concordat/clocks';
import { Invalid, newId } from '@concordat/contracts';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { appealProblems, demandDecidable } from '../appeal-rules';
import { Changing, recordedBy } from '../reviews/changing';
import { DecideAppealDto, KeepAppealDto } from './appeals.dto';

/** Appeals of applicants: kept when they come, decided by somebody who had no part in what they are against. */
@Injectable()
export class AppealsService {
  constructor(private readonly changing: Changing) {}

  keep(call: Call, id: string) {
    return this.changing.review(call, id, 'review.keep-appeal', ({ tx, review, kind }) => {
      const { against, receivedOn, grounds } = valid(KeepAppealDto, call.body);
      const problems = appealProblems(kind, review, { against, receivedOn }, civilDate(tx.now));
      if (problems.length > 0) throw new Invalid(problems);
      const { appeals = [], facts, round } = review.document;
      const appeal = { id: newId(), number: appeals.length + 1, round, against, receivedOn, grounds };
      const recorded = recordedBy(tx);
      tx.about({ items: [`appeal.${appeal.number}`, against] });
      return {
        what: 'appeal',
        document: {
          appeals: [...appeals, { ...appeal, ...recorded }],
          facts: [...facts, factOf('appeal', receivedOn, appeal.number, recorded)],
        },
      };
    });
  }

  decide(call: Call, id: string) {
    return this.changing.review(
      call,
      id,
      'review.decide-appeal',
      ({ tx, review }) => {
        const { result, decidedOn, role, independence, reasons } = valid(DecideAppealDto, call.body);
        const appeal = demandDecidable(review, tx.actor.id);
        if (decidedOn > civilDate(tx.now)) throw wrong('in-future', 'The date must be today or earlier');
        if (decidedOn < appeal.receivedOn) throw wrong('too-early', 'An appeal cannot be decided before it came');
        const { appealDecisions = [], facts } = review.document;
        const recorded = recordedBy(tx);
        const decision = { appeal: appeal.id, result, decidedOn, role, independence, reasons, ...recorded };
        tx.about({ items: [`appeal.${appeal.number}`, result] });
        return {
          what: 'appeal-decided',
          document: {
            appealDecisions: [...appealDecisions, decision],
            facts: [...facts, factOf('appeal-decided', decidedOn, appeal.number, recorded)],
          },
        };
      },
      { named: true },
    );
  }
}

const wrong = (code: string, message: string) => new Invalid([{ field: 'decidedOn', code, message }]);

/** The date that yearly figures and checks go by. A further appeal has dates of its own. */
const factOf = (code: string, date: string, number: number, recorded: { by: string; at: string }) => ({
  ...{ code, date, approximate: false, party: null, ...recorded },
  reason: number === 1 ? null : `Of appeal ${number}`,
});
