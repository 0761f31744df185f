import { demand } from '@concordat/access';
import { newId, OnwardReferralOffered } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Conflict, Invalid, valid, type Call, type FieldProblem, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { recordReferralEnd } from '../../both-ends';
import { Disclosures } from '../../disclosures';
import { BulkActs, underBulk } from '../../bulk-acts';
import { consentProblems, respondBy, type Consent, type OnwardReferral } from '../../onward-referral';
import { HandOverPractices } from '../../hand-over-practice';
import { recipientOf, type Recipient } from '../../recipients.repository';
import { demandPart, lockedCase, type CaseRow } from '../../visible-case';
import { addToTimeline } from '../../timeline';
import { peopleOf, type PersonInCase } from '../cases.repository';
import { OfferReferralDto } from './onward-referrals.dto';
import { hasOpenOffer, keepOffer, plannedAction } from './onward-referrals.repository';

/** Refers a case to somebody of another agency, or records that it was referred outside the partnership (REF-1 to REF-8). */
@Injectable()
export class OffersService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: HandOverPractices,
    private readonly disclosures: Disclosures,
    bulk: BulkActs,
  ) {
    bulk.bring<OfferReferralDto>('refer', {
      action: 'referral.offer',
      check: async (tx, record, dto) => {
        demand(tx.actor, 'referral.offer', { orgs: [record.leadOrg], level: record.level });
        const alone = (['people', 'action', 'outsideBody'] as const).filter((part) => dto[part] !== undefined);
        if (alone.length > 0)
          throw new Invalid(alone.map((field) => ({ field, code: 'bulk.for-one', message: 'Say this case by case' })));
        await this.looked(tx, record, dto);
      },
      do: (call, caseId, bulkId) => this.offer(call, caseId, bulkId),
    });
  }

  async offer(call: Call, caseId: string, bulkId: string | null = null) {
    const action = actionOf(call.body);
    const act = { action, call, objects: [{ t: 'case' as const, id: caseId }, ...underBulk(bulkId)] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row: record, stream } = await lockedCase(tx, caseId); // two offers at once are one after the other
      expectVersion(call, 'case', record.version);
      demandPart(record);
      demand(tx.actor, action, { orgs: [record.leadOrg], level: record.level });
      const offer = await this.offered(tx, record, valid(OfferReferralDto, call.body));
      await keepOffer(tx, offer, bulkId);
      await addToTimeline(tx, caseId, {
        at: tx.now,
        what: offer.toId === null ? 'referred-outside' : 'referred-onward',
        orgId: offer.toOrg,
        byId: tx.actor.id,
        detail: { onwardReferral: offer.id },
      });
      stream.publish(OnwardReferralOffered, {
        ...{ onwardReferralId: offer.id, caseId, fromOrg: offer.fromOrg, fromId: offer.fromId, areaId: record.areaId },
        ...(offer.toOrg && offer.toId ? { toOrg: offer.toOrg, toId: offer.toId } : {}),
        ...{ outside: offer.toId === null, ...(offer.respondBy ? { respondBy: offer.respondBy.toISOString() } : {}) },
      });
      if (offer.respondBy)
        tx.enqueue({
          name: 'expire-onward-referral',
          key: `onward-referral/${offer.id}/${offer.respondBy.toISOString()}/1`,
          runAt: offer.respondBy,
          payload: { id: offer.id, version: 1 },
        });
      tx.about(aboutOffer(offer));
      await recordReferralEnd(tx, offer, this.practice.acknowledgeWithinHours);
      return { id: offer.id, version: 1, status: offer.state };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /**
   * The offer that a body asks for. Throws as `looked`, Conflict for a second one to the same person, and NotShared when no
   * agreement allows it (REF-22, REF-23): what goes outside is put on record only, and is not ours to permit.
   */
  private async offered(tx: Tx, record: CaseRow, dto: OfferReferralDto): Promise<OnwardReferral> {
    const { to, people } = await this.looked(tx, record, dto);
    if (to && (await hasOpenOffer(tx, record.id, to.userId)))
      throw new Conflict('referral.open', 'This case has been referred to them already, and they have not answered');
    const offer = this.made(tx, record, dto, { to, people });
    if (!to) return offer;
    const { fromOrg, fromId: byId, purpose, items, consent } = offer;
    const disclosure = { kind: 'DISCLOSE', fromOrg, toOrg: to.orgId, byId, purpose, items, people, consent } as const;
    return { ...offer, permit: await this.disclosures.permit(tx, disclosure) };
  }

  /** To whom and about whom it is. Throws Invalid naming every field that is wrong. */
  private async looked(tx: Tx, record: CaseRow, dto: OfferReferralDto): Promise<Destined> {
    const to = dto.recipient === undefined ? null : await recipientOf(tx, dto.recipient, record.id);
    const people = await chosenPeople(tx, record.id, dto.people);
    const problems = [
      ...(to === undefined ? [CANNOT_RECEIVE] : []),
      ...(to && to.orgId === record.leadOrg ? [SAME_AGENCY] : []),
      ...(to && dto.outsideBody !== undefined ? [BOTH] : []),
      ...(people === null ? [NOT_OF_CASE] : []),
      ...(dto.action === undefined ? [] : actionProblems(await plannedAction(tx, record.id, dto.action))),
      ...consentProblems(dto.consent),
      ...this.practice.unknownCodes(dto),
    ];
    if (problems.length > 0) throw new Invalid(problems);
    return { to: to ?? null, people: people! };
  }

  private made(tx: Tx, record: CaseRow, dto: OfferReferralDto, { to, people }: Destined): OnwardReferral {
    const nothing = { answeredAt: null, answeredBy: null, answerReason: null, endedAt: null, endedBy: null };
    return {
      ...{
        id: newId(),
        version: 1,
        state: to ? 'offered' : 'recorded',
        caseId: record.id,
        reference: record.reference,
      },
      ...{ fromOrg: record.leadOrg, fromId: tx.actor.id, toOrg: to?.orgId ?? null, toId: to?.userId ?? null },
      outsideBody: to ? null : (dto.outsideBody ?? null),
      ...{ urgency: dto.urgency, reason: dto.reason, purpose: dto.purpose, legalBasis: dto.legalBasis, view: dto.view },
      items: this.practice.view(dto.view)!.items,
      ...{
        people: people.map((p) => p.id),
        actionId: dto.action ?? null,
        consent: dto.consent as Consent,
        pack: this.practice.stamp,
        permit: null,
        offeredAt: tx.now,
      },
      respondBy: to ? respondBy(tx.now, this.practice.urgency(dto.urgency)!.days) : null,
      ...{ ...nothing, endNote: null },
    };
  }
}

interface Destined {
  readonly to: Recipient | null;
  readonly people: readonly PersonInCase[];
}

const CANNOT_RECEIVE = {
  field: 'recipient',
  code: 'referral.cannot-receive',
  message: 'Choose somebody who may receive referrals',
};
const SAME_AGENCY = {
  field: 'recipient',
  code: 'referral.same-agency',
  message: 'Choose somebody of another agency. Within your own, assign the case',
};
const BOTH = {
  field: 'outsideBody',
  code: 'referral.one-recipient',
  message: 'Choose one: a person or an outside body',
};
const NOT_OF_CASE = { field: 'people', code: 'person.unknown', message: 'Choose people of this case' };

const actionProblems = (planned: { readonly open: boolean } | undefined): FieldProblem[] => {
  if (!planned) return [{ field: 'action', code: 'action.unknown', message: 'Choose a planned action of this case' }];
  return planned.open ? [] : [{ field: 'action', code: 'action.done', message: 'This action has been done already' }];
};

/** As what it is audited. Some may refer only for what was planned with others (REF-7). */
function actionOf(body: unknown) {
  const has = (part: string): boolean => typeof body === 'object' && body !== null && part in body;
  if (has('outsideBody') && !has('recipient')) return 'referral.record-outside';
  return has('action') ? 'referral.offer-for-action' : 'referral.offer';
}

/** Of the people of a case, those that were chosen; the subjects when none were. Null when one is not of the case. */
async function chosenPeople(
  tx: Tx,
  caseId: string,
  asked: readonly string[] | undefined,
): Promise<PersonInCase[] | null> {
  const people = await peopleOf(tx, caseId);
  if (asked === undefined) {
    const subjects = people.filter((p) => p.roles.includes('subject'));
    return subjects.length > 0 ? subjects : people.slice(0, 1);
  }
  const chosen = asked.flatMap((id) => people.filter((p) => p.id === id));
  return chosen.length === asked.length ? chosen : null;
}

/** What the ledger keeps of an offer: to whom, what and why. Words are sealed. */
const aboutOffer = (offer: OnwardReferral) => ({
  subjects: offer.people,
  objects: [
    { t: 'referral' as const, id: offer.id, ver: '1' },
    ...(offer.toId ? [{ t: 'staff' as const, id: offer.toId }] : []),
  ],
  items: [offer.view, ...offer.items],
  // To whom, and by which agreement, is said where it is decided.
  ...(offer.permit ? {} : { rule: offer.pack }),
  justification: offer.legalBasis,
  reasons: [offer.consent.answer === 'given' ? 'consent' : `without-consent-${offer.consent.ground ?? ''}`],
  detail: {
    ...{ pack: offer.pack, purpose: offer.purpose, reason: offer.reason, consent: offer.consent },
    ...(offer.outsideBody ? { outsideBody: offer.outsideBody } : {}),
  },
});
