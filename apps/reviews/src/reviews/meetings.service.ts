import { addMonths, civilDate } from '@concordat/clocks';
import { Forbidden, newId, wrong } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { membersSitting, type PanelMeeting } from '../panel';
import { panelCalendar, plannedIn, type Apology, type PlannedMeeting } from '../panel-meeting';
import { quorumLacks } from '../panel-rules';
import { datedBy, type ReviewDocument } from '../review';
import { Changing, recordedBy } from './changing';
import { ApologyDto, CallOffMeetingDto, KeepMeetingDto, PlanPanelMeetingDto } from './panel.dto';
import { visibleReview } from './reviews.repository';

const FURTHEST_MONTHS = 24;

/** The meetings of a panel: planned with an agenda, apologies before it, attendance, decisions and minutes after it. */
@Injectable()
export class MeetingsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: Changing,
  ) {}

  plan(call: Call, id: string) {
    return this.changing.review(call, id, 'review.plan-meeting', ({ tx, review: { document } }) => {
      const { on, time, place, agenda } = valid(PlanPanelMeetingDto, call.body);
      const today = civilDate(tx.now);
      if (on < today) throw wrong('on', 'too-early', 'The date must be today or later');
      if (on > addMonths(today, FURTHEST_MONTHS)) throw wrong('on', 'too-late', 'The date must be within two years');
      const planned: PlannedMeeting = {
        ...{ id: newId(), round: document.round, on, time, place, agenda, calledOff: null, ...recordedBy(tx) },
      };
      return { what: 'meeting-planned', document: { plannedMeetings: [...(document.plannedMeetings ?? []), planned] } };
    });
  }

  /** It is not held. What was planned stays, with why. */
  callOff(call: Call, id: string, meetingId: string) {
    return this.changing.review(call, id, 'review.plan-meeting', ({ tx, review: { document } }) => {
      const meeting = plannedIn(document, meetingId);
      const { reason } = valid(CallOffMeetingDto, call.body);
      const calledOff = { reason, ...recordedBy(tx) };
      const plannedMeetings = document.plannedMeetings?.map((m) => (m.id === meeting.id ? { ...m, calledOff } : m));
      return { what: 'meeting-called-off', document: { plannedMeetings: plannedMeetings ?? [] }, reason };
    });
  }

  /** A member says for themselves that they cannot come; a coordinator writes down what others said. */
  apologise(call: Call, id: string, meetingId: string) {
    return this.changing.review(
      call,
      id,
      'review.send-apology',
      ({ tx, review: { document, ownerOrg } }) => {
        const meeting = plannedIn(document, meetingId);
        const { memberId, instead = null } = valid(ApologyDto, call.body);
        const member = membersSitting(document).find((m) => m.id === memberId);
        if (!member) throw wrong('memberId', 'not-in-list', 'Choose a member of the panel');
        const coordinates = tx.actor.orgId === ownerOrg && tx.actor.roles.includes('review-coordinator');
        if (!coordinates && member.userId !== tx.actor.id)
          throw new Forbidden('review.forbidden', 'They say it themselves', ['review.not-own-apology']);
        const apology: Apology = { meetingId: meeting.id, memberId, instead, ...recordedBy(tx) };
        return { what: 'apology', document: { apologies: [...(document.apologies ?? []), apology] } };
      },
      { named: true },
    );
  }

  /** A meeting, with whether it was quorate. One that was not may discuss, and agrees nothing (§7). */
  keep(call: Call, id: string) {
    return this.changing.review(call, id, 'review.keep-meeting', ({ tx, review: { document }, kind }) => {
      const { on, present, agreed, minute, planned, apologies = [], decisions = [] } = valid(KeepMeetingDto, call.body);
      if (on > civilDate(tx.now)) throw wrong('on', 'in-future', 'The date must be today or earlier');
      const members = membersSitting(document, on);
      const known = new Set(members.map((m) => m.id));
      if (present.some((p) => !known.has(p))) throw wrong('present', 'not-in-list', 'Choose members of the panel');
      if (planned) plannedIn(document, planned);
      const sorry = new Set([...apologies, ...apologiesFor(document, planned)]);
      if (apologies.some((a) => !known.has(a))) throw wrong('apologies', 'not-in-list', 'Choose members of the panel');
      if (apologies.some((a) => present.includes(a)))
        throw wrong('apologies', 'was-there', 'Whoever was there has not sent apologies');
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
        ...{ lacked, terms: approves ? terms : null, decisions, ...recordedBy(tx) },
        ...{ apologies: [...sorry].filter((m) => !present.includes(m)), ...(planned ? { planned } : {}) },
      };
      tx.about({ items: agreed, reasons: lacked.length > 0 ? ['meeting.not-quorate'] : [] });
      const facts = datedBy(kind, document, approves ? 'terms' : undefined, on, recordedBy(tx));
      return { what: 'meeting', document: { meetings: [...(document.meetings ?? []), meeting], facts } };
    });
  }

  /** A planned meeting for the caller's own calendar; or what takes it out again. */
  calendar(call: Call, id: string, meetingId: string) {
    return this.unit.read({ action: 'review.view', call, objects: [{ t: 'review', id }] }, async (tx) => {
      const { document, version } = await visibleReview(tx, id);
      const meeting = (document.plannedMeetings ?? []).find((m) => m.id === meetingId);
      if (!meeting) throw new NotFound('planned-meeting');
      tx.about({ objects: [{ t: 'review', id, ver: String(version) }] });
      return panelCalendar(meeting, tx.actor.id, meeting.calledOff ? 1 : 0, tx.now);
    });
  }
}

/** Members who had said before a planned meeting that they could not come. */
const apologiesFor = ({ apologies = [] }: ReviewDocument, planned: string | undefined): string[] =>
  apologies.filter((a) => planned !== undefined && a.meetingId === planned).map(({ memberId }) => memberId);
