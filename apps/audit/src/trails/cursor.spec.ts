import { Invalid } from '@concordat/contracts';
import { readCursor, writeCursor } from './cursor';

describe('a cursor', () => {
  it.each(['next', 'previous'] as const)('comes back as it was written, towards %s', (direction) => {
    const cursor = { direction, at: new Date('2026-11-24T10:00:00.123Z'), idx: 123_456_789_012n };
    expect(readCursor(writeCursor(cursor))).toEqual(cursor);
  });

  it.each([
    '',
    'x',
    'bi4x',
    Buffer.from('n.1.1; DROP TABLE entry').toString('base64url'),
    Buffer.from('q.1.1').toString('base64url'),
  ])('that is none is refused: %p', (text) => expect(() => readCursor(text)).toThrow(Invalid));
});
