import { meetingCalendar, type CalendarMeeting } from './meeting-calendar';

const NOW = new Date('2026-06-01T08:00:00.123Z');
const meeting = (more: Partial<CalendarMeeting> = {}): CalendarMeeting => ({
  ...{ id: '0f7e1c86-3c1c-4b53-9d2c-5a8f0a1f6f10', sequence: 3, place: 'Civic Centre; room 2, upstairs' },
  ...{ starts: new Date('2026-06-17T08:30:00Z'), ends: new Date('2026-06-17T12:30:00Z'), method: 'REQUEST' },
  ...{ organiser: '11111111-1111-4111-8111-111111111111', attendee: '22222222-2222-4222-8222-222222222222' },
  ...more,
});
const unfolded = (text: string): string[] => text.replace(/\r\n[ \t]/g, '').split('\r\n');

describe('an invitation to a meeting', () => {
  it('is of RFC 5545: lines, times in UTC, text that is escaped', () => {
    const text = meetingCalendar(meeting(), NOW);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    expect(unfolded(text)).toEqual([
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Concordat//Meetings//EN', 'METHOD:REQUEST', 'BEGIN:VEVENT'],
      ...['UID:0f7e1c86-3c1c-4b53-9d2c-5a8f0a1f6f10@meetings.concordat', 'SEQUENCE:3', 'DTSTAMP:20260601T080000Z'],
      ...['DTSTART:20260617T083000Z', 'DTEND:20260617T123000Z', 'SUMMARY:Meeting'],
      'LOCATION:Civic Centre\\; room 2\\, upstairs',
      'ORGANIZER:urn:uuid:11111111-1111-4111-8111-111111111111',
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:urn:uuid:22222222-2222-4222-8222-222222222222',
      ...['CLASS:CONFIDENTIAL', 'TRANSP:OPAQUE', 'STATUS:CONFIRMED', 'END:VEVENT', 'END:VCALENDAR', ''],
    ]);
  });

  it('keeps its UID whatever changes, and is taken back under it', () => {
    const uid = (text: string) => unfolded(text).find((line) => line.startsWith('UID:'));
    const cancelled = meetingCalendar(meeting({ method: 'CANCEL', sequence: 4 }), NOW);
    expect(uid(cancelled)).toBe(uid(meetingCalendar(meeting(), NOW)));
    expect(cancelled).toMatch(/METHOD:CANCEL\r\n[\s\S]*SEQUENCE:4\r\n[\s\S]*STATUS:CANCELLED\r\n/);
  });
});
