import { NotFound, type HeldItem } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { linesOf, serviceActorId, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { referralsAbout } from './held-about.repository';

const RECORDS = serviceActorId('records');

/** Gives the records service what referrals say of somebody who has asked for what is held about them; to anybody else nothing. */
@Injectable()
export class HeldAboutService {
  constructor(private readonly unit: UnitOfWork) {}

  give(call: Call, personId: string) {
    const objects = [{ t: 'person' as const, id: personId }];
    return this.unit.read({ action: 'access-request.gather', call, objects }, async (tx) => {
      if (tx.actor.kind !== 'service' || tx.actor.id !== RECORDS) throw new NotFound('held-about');
      const rows = await referralsAbout(tx, personId);
      tx.about({ subjects: [personId], objects: rows.map((r) => ({ t: 'referral' as const, id: r.id })) });
      const items = rows.map((r): HeldItem => ({
        ...{ kind: 'referral', id: r.id, at: r.receivedAt.toISOString(), title: `Referral ${r.reference}` },
        ...{ text: linesOf(r.content), others: true },
      }));
      return { items };
    });
  }
}
