import { demand, mayNot } from '@concordat/access';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { showsWho } from '../known-question';
import { ListKnownDto } from './asking.dto';
import * as kept from './asking.repository';

/** What was asked between agencies, for whoever asked and for those who govern where it was asked. */
@Injectable()
export class KnownQuestionsReading {
  constructor(private readonly unit: UnitOfWork) {}

  list(call: Call) {
    return this.unit.read({ action: 'known-question.list', call }, async (tx) => {
      demand(tx.actor, 'known-question.list');
      const { box } = valid(ListKnownDto, call.query);
      const items = await kept.questionsIn(tx, box);
      tx.about({ objects: items.map(({ id }) => ({ t: 'known-question' as const, id })), items: [box] });
      return { items: items.map(listed) };
    });
  }

  view(call: Call, id: string) {
    const objects = [{ t: 'known-question' as const, id }];
    return this.unit.read({ action: 'known-question.view', call, objects }, async (tx) => {
      const question = await kept.visibleQuestion(tx, id);
      demand(tx.actor, 'known-question.view');
      const side = sideOf(tx, question);
      const matches = side === 'received' ? await kept.matchesShown(tx, id) : null;
      if (matches) tx.about({ subjects: matches.map((m) => m.id) });
      const { who, state, decisionId, isa, contact, pack } = question;
      return {
        ...{ ...listed(question), side, isa, decisionId, pack },
        who: showsWho(state, side) ? who : null,
        // True with whom to turn to, or false and nothing else.
        answer:
          state === 'waiting' ? null : state === 'known' ? { match: true, contact: contact ?? {} } : { match: false },
        ...(matches ? { matches } : {}),
        may: { again: side === 'asked' && state === 'waiting' && mayNot(tx.actor, 'person.ask-known') === null },
      };
    });
  }
}

const sideOf = (tx: Tx, { askedBy, askedOrg }: kept.KnownQuestion) =>
  askedBy === tx.actor.id && askedOrg === tx.actor.orgId ? 'asked' : 'received';

const listed = ({
  id,
  version,
  state,
  askedBy,
  askedOrg,
  askedAt,
  toOrg,
  purpose,
  answeredAt,
}: kept.KnownQuestion) => ({
  ...{ id, version, state, askedBy, askedOrg, askedAt, toOrg, purpose, answeredAt },
});
