import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { UnitOfWork } from '@concordat/messaging';
import type { ReviewKind } from '@concordat/packs';
import { Invalid, NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { questionsOf, testKinds, unansweredQuestions } from '../kind-test';
import { Kinds, labelOf } from '../kinds';
import { answersIn, TryKindsDto } from './kinds.dto';

/** Shows kinds of reviews. They say nothing of anybody. */
@Injectable()
export class KindsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'review-kind.view', call }, (tx) => {
      demand(tx.actor, 'review-kind.view');
      const today = civilDate(tx.now);
      const kinds = this.kinds.current(tx.now).map((kind) => ({
        ...{ code: kind.code, version: kind.version, label: labelOf(kind, today), nations: kind.nations },
        ...{ decider: kind.decider, local: kind.base !== undefined, clocks: kind.clocks.length },
        ...{ threshold: kind.threshold !== undefined },
      }));
      tx.about({ items: kinds.map(({ code, version }) => `${code}@${version}`) });
      return Promise.resolve({ kinds });
    });
  }

  checklist(call: Call) {
    return this.unit.read({ action: 'review-kind.view', call }, (tx) => {
      demand(tx.actor, 'review-kind.view');
      const kinds = this.kinds.current(tx.now);
      tx.about({ items: kinds.map(({ code, version }) => `${code}@${version}`) });
      return Promise.resolve({ questions: questionsOf(kinds), labels: this.labels(kinds, civilDate(tx.now)) });
    });
  }

  /** What answers say of every kind, before there is a review. Nothing is kept but that somebody asked. */
  findings(call: Call) {
    return this.unit.read({ action: 'review-kind.test', call }, (tx) => {
      demand(tx.actor, 'review-kind.test');
      const { nation, answers: given } = valid(TryKindsDto, call.query);
      const kinds = this.kinds.current(tx.now);
      const answers = answersIn(given);
      const problems = unansweredQuestions(questionsOf(kinds), answers);
      if (problems.length > 0) throw new Invalid(problems);
      const findings = testKinds(kinds, nation, answers);
      tx.about({ items: findings.map(({ code, version, verdict }) => `${code}@${version}:${verdict}`) });
      return Promise.resolve({ findings, labels: this.labels(kinds, civilDate(tx.now)) });
    });
  }

  private labels(kinds: readonly ReviewKind[], today: string): Record<string, string> {
    return Object.fromEntries(kinds.map((kind) => [kind.code, labelOf(kind, today)]));
  }

  view(call: Call, code: string) {
    return this.unit.read({ action: 'review-kind.view', call }, (tx) => {
      demand(tx.actor, 'review-kind.view');
      const kind = this.kinds.byCode(code, tx.now);
      if (!kind) throw new NotFound('review-kind');
      tx.about({ rule: `${kind.code}@${kind.version}` });
      return Promise.resolve({ ...kind, label: labelOf(kind, civilDate(tx.now)) });
    });
  }
}
