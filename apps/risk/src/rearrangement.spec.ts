import { wrongRearrangement } from './rearrangement';

const was = { heldOn: '2026-10-25', startsAt: '09:30', place: 'Town hall' };
const codes = (more: object, now: string) =>
  wrongRearrangement(was, { ...was, ...more }, new Date(now)).map(({ code }) => code);

describe('a meeting that is rearranged', () => {
  it('is held at another time or place, which is still to come in London', () => {
    expect(codes({}, '2026-10-01T08:00:00Z')).toEqual(['meeting.same']);
    expect(codes({ place: 'Library' }, '2026-10-01T08:00:00Z')).toEqual([]);
    // The clocks went back in the night: half past nine is half past nine by UTC.
    expect(codes({ place: 'Library' }, '2026-10-25T09:29:00Z')).toEqual([]);
    expect(codes({ place: 'Library' }, '2026-10-25T09:31:00Z')).toEqual(['in-the-past']);
    expect(codes({ heldOn: '2026-10-24' }, '2026-10-24T08:31:00Z')).toEqual(['in-the-past']);
  });
});
