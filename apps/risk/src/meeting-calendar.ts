import { calendarObject, calendarText, calendarTime } from '@concordat/clocks';

/** A meeting as a calendar needs it. Nothing says what it is about: whoever looks over a shoulder must not learn of it. */
export interface CalendarMeeting {
  readonly id: string;
  /** Rises with every change. */
  readonly sequence: number;
  readonly starts: Date;
  readonly ends: Date;
  readonly place: string;
  /** The forum that calls, and whoever is asked to come: ids, because calendars are read by others too. */
  readonly organiser: string;
  readonly attendee: string;
  /** CANCEL takes it out of the calendar that has it under the same UID. */
  readonly method: 'REQUEST' | 'CANCEL';
}

const TITLE = 'Meeting';

/** meetingCalendar is an invitation by RFC 5545 and 5546, with one UID for all that is ever sent of a meeting. Pure. */
export function meetingCalendar(meeting: CalendarMeeting, now: Date): string {
  const { id, sequence, starts, ends, place, organiser, attendee, method } = meeting;
  return calendarObject([
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Concordat//Meetings//EN', `METHOD:${method}`, 'BEGIN:VEVENT'],
    `UID:${id}@meetings.concordat`,
    `SEQUENCE:${sequence}`,
    ...[`DTSTAMP:${calendarTime(now)}`, `DTSTART:${calendarTime(starts)}`, `DTEND:${calendarTime(ends)}`],
    `SUMMARY:${TITLE}`,
    `LOCATION:${calendarText(place)}`,
    `ORGANIZER:urn:uuid:${organiser}`,
    `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:urn:uuid:${attendee}`,
    ...['CLASS:CONFIDENTIAL', 'TRANSP:OPAQUE', `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`],
    ...['END:VEVENT', 'END:VCALENDAR'],
  ]);
}
