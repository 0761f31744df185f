import { calendarObject, calendarText, calendarTime, civilDate, endOfDay } from '@concordat/clocks';

/** An entry of somebody's calendar: that something is due, and nothing of what. */
export interface CalendarEntry {
  readonly id: string;
  readonly version: number;
  readonly dueAt: Date;
}

const TITLE = 'Concordat: something is due';

/**
 * calendarFile writes an iCalendar object (RFC 5545) of entries whose titles tell nothing: whoever keeps the calendar is no part
 * of the partnership. What is due by the end of a day in London is an entry of that day; anything else has its time in UTC. Pure.
 */
export function calendarFile(entries: readonly CalendarEntry[], url: string, now: Date): string {
  return calendarObject([
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Concordat//Deadlines//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    ...['X-WR-CALNAME:Concordat', 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H'],
    ...entries.flatMap((entry) => [
      'BEGIN:VEVENT',
      `UID:${entry.id}@concordat`,
      `SEQUENCE:${entry.version}`,
      `DTSTAMP:${calendarTime(now)}`,
      ...at(entry.dueAt),
      `SUMMARY:${calendarText(TITLE)}`,
      `DESCRIPTION:${calendarText('Sign in to see what it is.')}`,
      `URL:${url}`,
      'TRANSP:TRANSPARENT',
      'CLASS:PRIVATE',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]);
}

function at(due: Date): string[] {
  const day = civilDate(due);
  if (due.getTime() === endOfDay(day).getTime()) return [`DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`];
  return [`DTSTART:${calendarTime(due)}`, `DTEND:${calendarTime(due)}`];
}
