import * as fc from 'fast-check';
import { calendarText as escaped, folded } from './icalendar';

describe('iCalendar', () => {
  it('folds lines at 75 octets, parts no character, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (words) => {
        const line = `LOCATION:${words.replace(/[\r\n\uFFFD]/g, '')}`;
        const pieces = folded(line).split('\r\n');
        expect(pieces.every((piece) => Buffer.byteLength(piece) <= 75)).toBe(true);
        expect(pieces.map((piece, i) => (i === 0 ? piece : piece.slice(1))).join('')).toBe(line);
        expect(pieces.join('')).not.toContain('\uFFFD');
      }),
    );
    expect(folded('x'.repeat(75))).toBe('x'.repeat(75));
    expect(folded('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x`);
  });

  it('is folded into lines of 75 octets that unfold to what they were, never within a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const line = escaped(text.replaceAll('\r', ''));
        const parts = folded(line).split('\r\n');
        return (
          parts.every((part) => Buffer.byteLength(part) <= 75 && !part.includes('�') === !line.includes('�')) &&
          [parts[0], ...parts.slice(1).map((part) => part.slice(1))].join('') === line
        );
      }),
    );
  });

  it('escapes what would end a value', () => {
    expect(escaped('a,b;c\\d\ne')).toBe('a\\,b\\;c\\\\d\\ne');
  });
});
