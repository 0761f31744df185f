import { civilDate, endOfDay } from '@concordat/clocks';

/** An entry of somebody's calendar: that something is due, and nothing of what. */
export interface CalendarEntry {
  readonly id: string;
  readonly version: number;
  readonly dueAt: Date;
}

const OCTETS = 75;
const TITLE = 'Concordat: something is due';

/**
 * calendarFile writes an iCalendar object (RFC 5545) of entries whose titles tell nothing: whoever keeps the calendar is no part
 * of the partnership. What is due by the end of a day in London is an entry of that day; anything else has its time in UTC. Pure.
 */
export function calendarFile(entries: readonly CalendarEntry[], url: string, now: Date): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Concordat//Deadlines//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    ...['X-WR-CALNAME:Concordat', 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H'],
    ...entries.flatMap((entry) => [
      'BEGIN:VEVENT',
      `UID:${entry.id}@concordat`,
      `SEQUENCE:${entry.version}`,
      `DTSTAMP:${utc(now)}`,
      ...at(entry.dueAt),
      `SUMMARY:${escaped(TITLE)}`,
      `DESCRIPTION:${escaped('Sign in to see what it is.')}`,
      `URL:${url}`,
      'TRANSP:TRANSPARENT',
      'CLASS:PRIVATE',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function at(due: Date): string[] {
  const day = civilDate(due);
  if (due.getTime() === endOfDay(day).getTime()) return [`DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`];
  return [`DTSTART:${utc(due)}`, `DTEND:${utc(due)}`];
}

const utc = (date: Date): string => `${date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** Text as a property value has it (RFC 5545 §3.3.11). */
export const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(/[,;]/g, (c) => `\\${c}`)
    .replaceAll(/\r?\n/g, '\\n');

/** folded breaks a content line so that no part is longer than 75 octets, and none within a character (RFC 5545 §3.1). */
export function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (size + octets > OCTETS) {
      parts.push(part);
      [part, size] = [' ', 1];
    }
    part += character;
    size += octets;
  }
  return [...parts, part].join('\r\n');
}
