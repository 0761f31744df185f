import { demand } from '@concordat/access';
import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { recipientsIn } from '../../recipients.repository';
import { assignScope } from '../../transfer';
import { ListRecipientsDto } from './recipients.dto';

/** Whom the caller may give cases to (ASG-1): ids only, for their names are the directory's. */
@Injectable()
export class RecipientsService {
  constructor(private readonly unit: UnitOfWork) {}

  list(call: Call) {
    return this.unit.read({ action: 'recipient.list', call }, async (tx) => {
      demand(tx.actor, 'recipient.list');
      const { scope } = valid(ListRecipientsDto, call.query);
      const items = await recipientsIn(tx, scope);
      tx.about({ objects: items.map((r) => ({ t: 'staff', id: r.userId })), items: [scope] });
      return { items, assigns: assignScope(tx.actor.roles) };
    });
  }
}
