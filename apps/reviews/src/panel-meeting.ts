import { calendarObject, calendarText, calendarTime, instantOn } from '@concordat/clocks';
import { NotFound, RuleBroken } from '@concordat/contracts';
import type { Recorded, ReviewDocument } from './review';

/** A meeting that the panel of a review is to have. Once it was held, its minutes are a record of their own. */
export interface PlannedMeeting extends Recorded {
  readonly id: string;
  readonly round: number;
  readonly on: string;
  /** As `14:30`, of London. */
  readonly time: string;
  readonly place: string;
  /** What is talked of, in its order. */
  readonly agenda: readonly string[];
  readonly calledOff: (Recorded & { readonly reason: string }) | null;
}

/** That a member cannot come, said before the meeting. */
export interface Apology extends Recorded {
  readonly meetingId: string;
  readonly memberId: string;
  /** Who comes in their place, where anybody does. */
  readonly instead: string | null;
}

/** Whether a planned meeting is still to be held. */
const stands = ({ meetings = [] }: ReviewDocument, { id, calledOff }: PlannedMeeting): boolean =>
  calledOff === null && !meetings.some((m) => m.planned === id);

/** Meetings that are planned and neither held nor called off, the first first. Pure. */
export const openMeetings = (document: ReviewDocument): PlannedMeeting[] =>
  (document.plannedMeetings ?? [])
    .filter((m) => stands(document, m))
    .sort((a, b) => (`${a.on} ${a.time}` < `${b.on} ${b.time}` ? -1 : 1));

/** The next meeting of the panel from a civil day on; one whose day has passed is still to be recorded, and comes first. Pure. */
export const nextMeeting = (document: ReviewDocument): PlannedMeeting | undefined => openMeetings(document)[0];

/**
 * plannedIn is a planned meeting of a review that is still to be held.
 * @throws NotFound if there is none of that id
 * @throws RuleBroken `meeting.over` if it was held or called off
 */
export function plannedIn(document: ReviewDocument, id: string): PlannedMeeting {
  const meeting = (document.plannedMeetings ?? []).find((m) => m.id === id);
  if (!meeting) throw new NotFound('planned-meeting');
  if (!stands(document, meeting)) throw new RuleBroken('meeting.over', 'This meeting was held or called off');
  return meeting;
}

const MINUTES = 120;

/**
 * panelCalendar is a meeting for the calendar of whoever asks, which does not say what it is about: calendars are read by others too
 * (RFC 5545, 5546). `changes` rises with whatever changes it. Pure.
 */
export function panelCalendar(meeting: PlannedMeeting, attendee: string, changes: number, now: Date) {
  const method = meeting.calledOff ? ('CANCEL' as const) : ('REQUEST' as const);
  const starts = instantOn(meeting.on, meeting.time);
  const text = calendarObject([
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Concordat//Meetings//EN', `METHOD:${method}`, 'BEGIN:VEVENT'],
    ...[`UID:${meeting.id}@reviews.concordat`, `SEQUENCE:${changes}`, `DTSTAMP:${calendarTime(now)}`],
    `DTSTART:${calendarTime(starts)}`,
    `DTEND:${calendarTime(new Date(starts.getTime() + MINUTES * 60_000))}`,
    ...['SUMMARY:Meeting', `LOCATION:${calendarText(meeting.place)}`, `ORGANIZER:urn:uuid:${meeting.by}`],
    `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:urn:uuid:${attendee}`,
    ...['CLASS:CONFIDENTIAL', 'TRANSP:OPAQUE', `STATUS:${meeting.calledOff ? 'CANCELLED' : 'CONFIRMED'}`],
    ...['END:VEVENT', 'END:VCALENDAR'],
  ]);
  return { text, method };
}
