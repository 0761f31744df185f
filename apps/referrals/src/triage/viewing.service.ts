import { demand } from '@concordat/access';
import { NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Referrals, type Received } from '../referrals.repository';
import { viewOf } from './view';

/** Shows one referral, as far as the caller's part in it goes; the audit entry names everybody in it, and the view. */
@Injectable()
export class ViewingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly referrals: Referrals,
  ) {}

  view(call: Call, id: string) {
    return this.unit.read({ action: 'referral.view', call, objects: [{ t: 'referral', id }] }, async (tx) => {
      const found = await this.referrals.visible(tx, id);
      if (!found?.receivedAt) throw new NotFound('referral'); // a draft has an address of its own
      demand(tx.actor, 'referral.view');
      const view = viewOf(tx.actor, found as Received & typeof found, tx.now);
      tx.about({
        subjects: found.people,
        objects: [{ t: 'referral', id, ver: String(found.version) }],
        items: [`${view.side}-view`],
      });
      return view;
    });
  }
}
