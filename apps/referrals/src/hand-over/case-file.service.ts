import { NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { serviceActorId, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { last } from '../history';
import { Referrals } from '../referrals.repository';

const RECORDS = serviceActorId('records');

/**
 * The claim check behind `referrals.referral-accepted.v1` (events.md P2): the event carries ids, and the service that opens
 * the case comes here for the rest. Authorised and audited like any reading; to anybody else there is nothing here.
 */
@Injectable()
export class CaseFileService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly referrals: Referrals,
  ) {}

  give(call: Call, id: string) {
    return this.unit.read({ action: 'referral.view', call, objects: [{ t: 'referral', id }] }, async (tx) => {
      if (tx.actor.kind !== 'service' || tx.actor.id !== RECORDS) throw new NotFound('case-file');
      const r = await this.referrals.accepted(tx, id);
      const accepted = r ? last(r.entries, 'decided') : null;
      if (!r || !accepted) throw new NotFound('case-file');
      tx.about({
        subjects: r.people,
        objects: [
          { t: 'referral', id, ver: String(r.version) },
          { t: 'case', id: r.caseId },
        ],
        items: ['case-file'],
      });
      const { people, relationships, safeContact, staffRisk } = r.content;
      return {
        referralId: id,
        caseId: r.caseId,
        pathway: r.pathway,
        areaId: r.areaId,
        leadOrg: r.receivingOrg,
        participants: [...new Set([r.receivingOrg, r.referringOrg])],
        referringOrg: r.referringOrg,
        referredBy: r.referredBy,
        receivedAt: r.receivedAt,
        acceptedAt: accepted.at,
        decidedBy: accepted.by,
        people: people ?? [],
        relationships: relationships ?? [],
        safeContact: safeContact ?? null,
        staffRisk: staffRisk ?? null,
      };
    });
  }
}
