import { civilDate } from '@concordat/clocks';
import { Forbidden, newId, RuleBroken, wrong } from '@concordat/contracts';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { membersSitting, type PanelMeeting, type PanelMember } from '../panel';
import { quorumLacks } from '../panel-rules';
import { datedBy } from '../review';
import { Changing, recordedBy } from './changing';
import { AppointDto, DeclareDto, DraftTermsDto, EndAppointmentDto, KeepMeetingDto } from './panel.dto';
import { membersOf, nameMember, partnersAmong, workplaceOf } from './reviews.repository';

/** Keeps the panel of a review, its meetings and its terms of reference. */
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

  /** A meeting, with whether it was quorate. One that was not may discuss, and agrees nothing (§7). */
  keepMeeting(call: Call, id: string) {
    return this.changing.review(call, id, 'review.keep-meeting', ({ tx, review: { document }, kind }) => {
      const { on, present, agreed, minute } = valid(KeepMeetingDto, call.body);
      if (on > civilDate(tx.now)) throw wrong('on', 'in-future', 'The date must be today or earlier');
      const members = membersSitting(document, on);
      const known = new Set(members.map((m) => m.id));
      if (present.some((p) => !known.has(p))) throw wrong('present', 'not-in-list', 'Choose members of the panel');
      const agreeable = kind.guards.filter(({ check }) => check === 'terms' || check === 'meeting');
      if (agreed.some((code) => !agreeable.some((g) => g.code === code)))
        throw wrong('agreed', 'not-in-list', 'Choose what a meeting can agree');
      const lacked = quorumLacks(kind.panel, members, present);
      if (lacked.length > 0 && agreed.length > 0)
        throw wrong('agreed', 'not-quorate', `The meeting was not quorate and can agree nothing: ${lacked.join('; ')}`);
      const terms = document.terms?.at(-1)?.number ?? null;
      const approves = agreeable.some((g) => g.check === 'terms' && agreed.includes(g.code));
      if (approves && terms === null) throw wrong('agreed', 'no-terms', 'There are no terms of reference to approve');
      const meeting: PanelMeeting = {
        ...{
          id: newId(),
          round: document.round,
          on,
          present: [...new Set(present)],
          agreed: [...new Set(agreed)],
          minute,
        },
        ...{ lacked, terms: approves ? terms : null, ...recordedBy(tx) },
      };
      tx.about({ items: agreed, reasons: lacked.length > 0 ? ['meeting.not-quorate'] : [] });
      const facts = datedBy(kind, document, approves ? 'terms' : undefined, on, recordedBy(tx));
      return { what: 'meeting', document: { meetings: [...(document.meetings ?? []), meeting], facts } };
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
