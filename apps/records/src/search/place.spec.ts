import { Invalid, newId } from '@concordat/contracts';
import { isAfter, placeFrom, placeTo, type Place } from './place';

describe('the place of a page in a list of hits', () => {
  const id = newId();

  it('is told by a cursor and read from it', () => {
    const places: Place[] = [
      { in: 'ranked', score: 37, id },
      { in: 'texts', after: null },
      { in: 'texts', after: { at: '2026-11-28 17:30:00.123456+00', id } },
    ];
    for (const place of places) expect(placeFrom(placeTo(place))).toEqual(place);
  });

  it('is not read from what we did not make', () => {
    const made = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const wrong = [
      '',
      'x',
      made('r', 1.5, id),
      made('r', 1, 'x'),
      made('t', 'now', id),
      made('t', '2026-13-45 99:99:99+00', id),
    ];
    for (const cursor of [...wrong, made('r', 1, id, 2), made('x')]) expect(() => placeFrom(cursor)).toThrow(Invalid);
  });

  it('has after it what is worse, or as good with a later id', () => {
    const place: Place = { in: 'ranked', score: 10, id: 'b' };
    const after = (score: number, of: string) => isAfter({ score, id: of }, place);
    expect([after(11, 'c'), after(10, 'a'), after(10, 'b'), after(10, 'c'), after(9, 'a')]).toEqual([
      ...[false, false, false, true, true],
    ]);
    expect(isAfter({ score: 1, id: 'a' }, null)).toBe(true);
    expect(isAfter({ score: 1, id: 'a' }, { in: 'texts', after: null })).toBe(false);
  });
});
