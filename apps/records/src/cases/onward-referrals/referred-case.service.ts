import { demand } from '@concordat/access';
import type { PersonPart, ViewItem } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Forbidden, valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Disclosures } from '../../disclosures';
import { correctPerson } from '../../changing';
import { shownTo } from '../../confidential';
import type { OnwardReferral } from '../../onward-referral';
import type { PersonDetails } from '../../person';
import { PersonDetailsDto } from '../../person.dto';
import { visibleReferral } from './onward-referrals.repository';
import {
  caseReferred,
  lockReferredPerson,
  peopleReferred,
  relationshipsReferred,
  type ReferredPersonRow,
} from './referred-case.repository';

/** A name stands in every list of everybody: who sees part of a case does not change it. */
const NOT_TO_CHANGE: readonly string[] = ['name'];

/** What an accepted referral opens: the agreed items of the people it is about, and nothing else of the case (REF-21). */
@Injectable()
export class ReferredCaseService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly disclosures: Disclosures,
  ) {}

  view(call: Call, id: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'referral', id }] }, async (tx) => {
      const referral = await acceptedReferral(tx, id);
      demand(tx.actor, 'case.view');
      const shows = (item: ViewItem): boolean => referral.items.includes(item);
      const [record, people] = [await caseReferred(tx, referral), await peopleReferred(tx, referral)];
      await this.stillPermitted(tx, referral, people);
      const ids = people.map((p) => p.id);
      const { safeContact, staffRisk } = record.keyFacts ?? {};
      const contact = safeContact && (!safeContact.person || ids.includes(safeContact.person)) ? safeContact : null;
      tx.about({
        subjects: ids,
        objects: [{ t: 'case', id: referral.caseId }],
        items: [referral.view, ...referral.items],
      });
      return {
        ...{ id, caseId: referral.caseId, view: referral.view, items: referral.items },
        ...{ reference: record.reference, status: record.status, kind: record.kind, leadOrg: record.leadOrg },
        people: people.map((p) => ({
          ...inView(shownTo(lookerOf(referral), p.content), referral),
          ...{ id: p.id, version: p.version, roles: p.roles },
        })),
        relationships: shows('relationships') ? await relationshipsReferred(tx, ids) : [],
        keyFacts: {
          safeContact: shows('safe-contact') ? contact : null,
          staffRisk: shows('staff-risk') ? (staffRisk ?? null) : null,
        },
      };
    });
  }

  /** An agreement that has ended since, or was suspended, shows nothing any more. Throws NotShared. */
  private async stillPermitted(tx: Tx, referral: OnwardReferral, rows: readonly ReferredPersonRow[]): Promise<void> {
    const { fromOrg, purpose, items, consent } = referral;
    const people = rows.map(({ id, roles, content }) => ({ id, roles, deceased: content.deceased }));
    const looking = { kind: 'CONSULT', byId: tx.actor.id, toOrg: referral.toOrg! } as const;
    await this.disclosures.permit(tx, { ...looking, fromOrg, purpose, items, people, consent });
  }

  /** Corrects what the view shows of somebody (REF-27). Throws Forbidden for a part outside the view. */
  async correct(call: Call, id: string, personId: string) {
    const objects = [
      { t: 'referral' as const, id },
      { t: 'person' as const, id: personId },
    ];
    const done = await this.unit.run({ action: 'person.correct', call, objects }, async (tx) => {
      const referral = await acceptedReferral(tx, id);
      const person = await lockReferredPerson(tx, referral, personId);
      expectVersion(call, 'person', person.version);
      demand(tx.actor, 'person.correct');
      const asked = Object.keys(call.body ?? {});
      const outside = asked.filter((part) => !isCorrectable(part, referral));
      if (outside.length > 0)
        throw new Forbidden('referral.outside-view', 'This is not part of what was agreed', ['referral.outside-view']);
      return correctPerson(tx, person, lookerOf(referral), valid(PersonDetailsDto, call.body));
    });
    return { ...done.value, receipt: done.receipt };
  }
}

/** Parts of the view, and what is in no view at all: that is the body's to be refused for. */
const isCorrectable = (part: string, { items }: OnwardReferral): boolean =>
  !NOT_TO_CHANGE.includes(part) && (items as readonly string[]).includes(part);

const lookerOf = ({ toOrg }: OnwardReferral) => ({ orgId: toOrg, leads: false });

const inView = (details: PersonDetails, { items }: OnwardReferral): Partial<PersonDetails> =>
  Object.fromEntries(Object.entries(details).filter(([part]) => items.includes(part as PersonPart)));

/** The referral, if it is the caller's and accepted. Its sender has the case itself; an offer shows its preview only. */
async function acceptedReferral(tx: Tx, id: string): Promise<OnwardReferral> {
  const { referral, side } = await visibleReferral(tx, id);
  if (side !== 'recipient')
    throw new Forbidden('referral.forbidden', 'You may not do this', [`referral.not-for-${side}`]);
  if (referral.state !== 'accepted')
    throw new Forbidden('referral.not-accepted', 'What is in the case is seen while the referral is accepted', [
      `referral.${referral.state}`,
    ]);
  return referral;
}
