import { happened, since, timelineOf, type HistoryLine } from './history';

const titles = { colour: (c: string) => c.toUpperCase(), reason: (c: string) => `because ${c}` };
const names = { person: (id: string | null | undefined) => (id ? `Person ${id}` : 'Nobody') };
const line = (what: string, more: Partial<HistoryLine> = {}): HistoryLine => ({
  what,
  at: '2026-11-24T09:00:00Z',
  by: 'a',
  ...more,
});

describe('the history in words', () => {
  it.each([
    [line('rated', { to: 'red' }), 'Rated RED'],
    [line('rated', { from: 'amber', to: 'red' }), 'Colour changed from AMBER to RED'],
    [line('assigned', { from: null, to: 'b' }), 'Assigned to Person b'],
    [line('assigned', { from: 'b', to: null }), 'Assigned to nobody'],
    [line('decided', { to: 'step-up' }), 'Decided: Stepped up'],
    [line('clock-passed', { to: 'red' }), 'Time to decide passed (RED)'],
    [line('something-new'), 'Something new'],
  ])('says what happened', (given, said) => {
    expect(happened(given, titles, names)).toBe(said);
  });

  it('names nobody for a clock, and gives reasons and rationale in words', () => {
    const [clock, reopened] = timelineOf(
      [line('clock-passed', { to: 'red' }), line('reopened', { reason: 'new', rationale: 'They moved' })],
      titles,
      names,
    );
    expect(clock).toMatchObject({ by: null, lines: [] });
    expect(reopened).toMatchObject({ by: 'Person a', lines: ['Reason: because new', 'They moved'] });
  });
});

describe('what changed since a version', () => {
  const history = [line('assigned'), line('clock-passed'), line('rated'), line('received')];

  it('is as many lines as versions have gone by; a passed clock made none', () => {
    expect(since(history, 3, 2).map((l) => l.what)).toEqual(['assigned']);
    expect(since(history, 3, 1).map((l) => l.what)).toEqual(['assigned', 'rated']);
    expect(since(history, 3, 3)).toEqual([]);
  });
});
