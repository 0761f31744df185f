import { actionsOfAccess, NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { serviceActorId, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Details } from '../details';
import { Log } from '../log';
import { inUnit } from '../log.repository';
import { selectionOf, type Selection } from '../selection';
import { recordsOfCase } from '../trail.repository';
import { pageOf } from '../trails/page-of-trail';
import { AccessesQueryDto } from '../trails/trail.dto';

const RECORDS = serviceActorId('records');

/** Of the looks at a case, those by which one of its documents was opened: a list that shows it opens nothing. Pure. */
const openingsOf = (document: string, asked: Selection): Selection => ({
  ...asked,
  handles: [{ kind: 'o', ids: [document] }, ...asked.handles],
  actions: ['document.open'],
});

/**
 * Gives the records service who has looked at a case, or was refused, for somebody whom it has found entitled to both the case
 * and its access log (AUD-6). Who, when, what and for what purpose: not from which address, and not what they searched for.
 * To anybody else there is nothing here.
 */
@Injectable()
export class AccessesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly log: Log,
    private readonly details: Details,
  ) {}

  give(call: Call, caseId: string) {
    // About the ledger: whoever asks has an act about the case already, and a look would be shown twice.
    const objects = [{ t: 'ledger' as const, id: this.log.id }];
    return this.unit.read({ action: 'case.view-access-log', call, objects }, async (tx) => {
      if (tx.actor.kind !== 'service' || tx.actor.id !== RECORDS) throw new NotFound('accesses');
      const dto = valid(AccessesQueryDto, call.query);
      const query = inUnit(tx);
      const asked = selectionOf({ ...dto, case: caseId }, await recordsOfCase(query, caseId));
      const selection = dto.document ? openingsOf(dto.document, asked) : { ...asked, actions: actionsOfAccess };
      const { items, ...page } = await pageOf(query, selection, dto, this.details);
      tx.about({ detail: { shown: items.map((i) => i.index) } });
      return {
        ...page,
        items: items.map(({ index, at, outcome, actorRole, actorOrg, purpose, ...rest }) => ({
          ...{ index, at, outcome, actorRole, actorOrg, purpose },
          ...{ action: rest.action, actor: rest.actor, reasons: rest.reasons },
        })),
      };
    });
  }
}
