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
const stamp = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, '');
/** RFC 5545 §3.3.11. */
const escaped = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, '\\n');

/** A content line in pieces of at most 75 octets, of which none parts a character (RFC 5545 §3.1). */
export function folded(line: string): string {
  const pieces: string[] = [];
  let [piece, octets] = ['', 0];
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    // What goes on begins with a space, which counts.
    if (octets + size > (pieces.length === 0 ? 75 : 74)) {
      pieces.push(piece);
      [piece, octets] = ['', 0];
    }
    piece += sign;
    octets += size;
  }
  return [...pieces, piece].join('\r\n ');
}

/** meetingCalendar is an invitation by RFC 5545 and 5546, with one UID for all that is ever sent of a meeting. Pure. */
export function meetingCalendar(meeting: CalendarMeeting, now: Date): string {
  const { id, sequence, starts, ends, place, organiser, attendee, method } = meeting;
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Concordat//Meetings//EN', `METHOD:${method}`, 'BEGIN:VEVENT'],
    `UID:${id}@meetings.concordat`,
    `SEQUENCE:${sequence}`,
    ...[`DTSTAMP:${stamp(now)}`, `DTSTART:${stamp(starts)}`, `DTEND:${stamp(ends)}`],
    `SUMMARY:${TITLE}`,
    `LOCATION:${escaped(place)}`,
    `ORGANIZER:urn:uuid:${organiser}`,
    `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:urn:uuid:${attendee}`,
    ...['CLASS:CONFIDENTIAL', 'TRANSP:OPAQUE', `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`],
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ];
  return lines.map(folded).join('\r\n');
}
