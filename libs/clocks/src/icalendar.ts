const OCTETS = 75;

/** A moment as iCalendar has it, in UTC: `20270701T083000Z` (RFC 5545 §3.3.5). */
export const calendarTime = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** Text as the value of a property has it (RFC 5545 §3.3.11). */
export const calendarText = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, '\\n');

/** calendarObject writes content lines, each ended and folded (RFC 5545 §3.1). Pure. */
export const calendarObject = (lines: readonly string[]): string => lines.map((line) => `${folded(line)}\r\n`).join('');

/** A content line in parts of at most 75 octets, of which none parts a character. What goes on begins with a space, which counts. */
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
