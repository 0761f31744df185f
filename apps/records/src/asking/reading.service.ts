import { demand, mayNot } from '@concordat/access';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { IllegalTransition, NotFound, valid, type Call } from '@concordat/platform';
import { requestOf } from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { THAT_THEY_ARE_KNOWN } from '../disclosure';
import { Disclosures } from '../disclosures';
import { HandOverPractices } from '../hand-over-practice';
import { showsWho } from '../known-question';
import { ListKnownDto } from './asking.dto';
import * as kept from './asking.repository';

/** What was asked between agencies, for whoever asked and for those who govern where it was asked. */
@Injectable()
export class KnownQuestionsReading {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly disclosures: Disclosures,
    private readonly practice: HandOverPractices,
  ) {}

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

  /**
   * A question in the vocabulary of Social Care Data, for whoever asked it: it tells the other agency's system of somebody, so it is
   * decided as any disclosure is. Throws NotShared, Unavailable.
   */
  request(call: Call, id: string) {
    const act = { action: 'known-question.export', call, objects: [{ t: 'known-question' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const { askedBy, askedOrg, askedAt, toOrg, purpose, consent, policies, isa, who } = await kept.visibleQuestion(
        tx,
        id,
      );
      demand(tx.actor, 'known-question.export');
      if (askedBy !== tx.actor.id || askedOrg !== tx.actor.orgId) throw new NotFound('known-question');
      if (who === null)
        throw new IllegalTransition(
          'known-question.forgotten',
          'Whom it was about is not kept any more. Ask anew',
          'forgotten',
        );
      const permit = await this.disclosures.permit(tx, {
        ...{ kind: 'DISCLOSE', fromOrg: askedOrg, toOrg, byId: tx.actor.id, purpose, consent: consent ?? undefined },
        ...{ items: THAT_THEY_ARE_KNOWN, people: [{ id }], policies },
      });
      tx.about({ items: ['mais'] });
      const asked = { id, at: askedAt.toISOString(), askedOrg, purpose, person: who };
      const named = policies.length > 0 ? policies : [isa ?? permit.isa];
      return { name: `${id}.mais.json`, request: requestOf({ ...asked, policies: named }, this.practice.mais) };
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
