import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { UnitOfWork } from '@concordat/messaging';
import { NotFound, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Kinds, labelOf } from '../kinds';

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
