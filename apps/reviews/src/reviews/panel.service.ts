import { civilDate } from '@concordat/clocks';
import { Forbidden, newId, RuleBroken, wrong } from '@concordat/contracts';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { membersSitting, type PanelMember } from '../panel';
import { Changing, recordedBy } from './changing';
import { AppointDto, DeclareDto, DraftTermsDto, EndAppointmentDto } from './panel.dto';
import { membersOf, nameMember, partnersAmong, workplaceOf } from './reviews.repository';

/** Keeps the panel of a review and its terms of reference. */
@Injectable()
export class PanelService {
  constructor(private readonly changing: Changing) {}

  /** Somebody with an account is named to see the review as well. */
  appoint(call: Call, id: string) {
    return this.changing.review(call, id, 'review.appoint', async ({ tx, review: { document } }) => {
      const { role, seat, userId = null, name = null, orgId = null } = valid(AppointDto, call.body);
      const sitting = membersSitting(document);
      if (!userId && !name?.trim()) throw wrong('userId', 'required', 'Choose somebody, or enter their name');
      if (role === 'chair' && sitting.some((m) => m.role === 'chair'))
        throw new RuleBroken('review.chaired-already', 'Somebody chairs it already: end that first');
      if (userId && sitting.some((m) => m.userId === userId))
        throw new RuleBroken('review.sits-already', 'They sit on the panel already');
      const workplace = userId ? await workplaceOf(tx, userId) : null;
      if (userId && !workplace) throw wrong('userId', 'member.unknown', 'Choose somebody');
      if (!userId && orgId && !(await partnersAmong(tx, [orgId])).has(orgId))
        throw wrong('orgId', 'organisation.unknown', 'Choose an agency of the partnership');
      const member: PanelMember = {
        ...{
          id: newId(),
          role,
          seat: seat.trim(),
          userId,
          name: userId ? null : name,
          declarations: [],
          endedOn: null,
        },
        ...{ orgId: workplace ?? orgId, ...recordedBy(tx) },
      };
      if (userId && workplace) {
        tx.about({ objects: [{ t: 'staff', id: userId }], recipients: [{ org: workplace }] });
        if (!(await membersOf(tx, id)).some((m) => m.userId === userId))
          await nameMember(tx, id, { userId, orgId: workplace, seat });
      }
      tx.about({ items: [role] });
      return { what: 'panel-appointed', document: { panel: [...(document.panel ?? []), member] } };
    });
  }

  /** A member declares for themselves; for one without an account a coordinator records it. */
  declare(call: Call, id: string, memberId: string) {
    return this.changing.review(
      call,
      id,
      'review.declare-independence',
      ({ tx, review: { document, ownerOrg } }) => {
        const member = sitting(document, memberId);
        const own = member.userId !== null && member.userId === tx.actor.id;
        const coordinates = tx.actor.orgId === ownerOrg && tx.actor.roles.includes('review-coordinator');
        if (!own && !(coordinates && member.userId === null))
          throw new Forbidden('review.forbidden', 'They declare it themselves', ['review.not-own-declaration']);
        const { statement, conflict } = valid(DeclareDto, call.body);
        const declarations = [...member.declarations, { statement, conflict, ...recordedBy(tx) }];
        tx.about({ items: [conflict ? 'conflict' : 'independent'] });
        return { what: 'independence-declared', document: { panel: put(document, { ...member, declarations }) } };
      },
      { named: true },
    );
  }

  endAppointment(call: Call, id: string, memberId: string) {
    return this.changing.review(call, id, 'review.end-appointment', ({ tx, review: { document } }) => {
      const member = sitting(document, memberId);
      const { on, reason } = valid(EndAppointmentDto, call.body);
      if (on > civilDate(tx.now)) throw wrong('on', 'in-future', 'The date must be today or earlier');
      tx.about({ items: [member.role] });
      return { what: 'appointment-ended', document: { panel: put(document, { ...member, endedOn: on }) }, reason };
    });
  }

  /** Another version of the terms of reference. A meeting approves the last; a later one is approved anew. */
  draftTerms(call: Call, id: string) {
    return this.changing.review(call, id, 'review.draft-terms', ({ tx, review: { document } }) => {
      const { text } = valid(DraftTermsDto, call.body);
      const { terms = [] } = document;
      if (terms.at(-1)?.text === text) throw wrong('text', 'unchanged', 'These are the terms already');
      tx.about({ items: [`terms.${terms.length + 1}`] });
      return { what: 'terms', document: { terms: [...terms, { number: terms.length + 1, text, ...recordedBy(tx) }] } };
    });
  }
}

type Document = Parameters<typeof membersSitting>[0];

function sitting(document: Document, memberId: string): PanelMember {
  const member = membersSitting(document).find((m) => m.id === memberId);
  if (!member) throw new NotFound('panel-member');
  return member;
}

const put = ({ panel = [] }: Document, member: PanelMember): PanelMember[] =>
  panel.map((m) => (m.id === member.id ? member : m));
