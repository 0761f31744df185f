import { merged, type Mergeable } from './merged-chronology';

const entry = (id: string, orgId: string, starts: string, more: Partial<Mergeable> = {}): Mergeable => ({
  ...{ id, orgId, starts, category: 'incident', fact: `What ${id} says.`, firstRecordedAt: new Date(0) },
  ...more,
});
const shape = (events: ReturnType<typeof merged>) => events.map((e) => e.entries.map(({ id }) => id));

describe('a merged chronology', () => {
  it('is in order of the earliest possible day, then agency, then as entered', () => {
    const later = { firstRecordedAt: new Date(1) };
    const events = merged(
      [
        entry('d', 'police', '2026-03-02'),
        entry('c2', 'nhs', '2026-03-01', later),
        entry('c1', 'nhs', '2026-03-01', { category: 'health' }),
        entry('b', 'housing', '2026-03'),
        entry('a', 'police', '2026-04', { about: true }),
        entry('e', 'police', '2025'),
      ],
      [],
    );
    expect(shape(events)).toEqual([['e'], ['b'], ['c1'], ['c2'], ['a'], ['d']]);
  });

  it('puts what is about one event together, by way of others too, and leaves nothing out', () => {
    const entries = ['2026-03-01', '2026-03-05', '2026-03-09', '2026-03-03'].map((d, i) =>
      entry(`e${i}`, `org${i}`, d),
    );
    const events = merged(entries, [
      ['e0', 'e1'],
      ['e2', 'e1'],
      ['e0', 'not-here'],
    ]);
    expect(shape(events)).toEqual([['e0', 'e1', 'e2'], ['e3']]);
  });

  it.each([
    ['dates that cannot both be', { starts: '2026-03-02', fact: 'He came.' }, ['dates']],
    ['a month that holds the day', { starts: '2026-03', fact: 'He came.' }, []],
    ['about the day before', { starts: '2026-03-02', about: true, fact: 'He came.' }, []],
    ['another category', { category: 'contact', fact: 'He came.' }, ['category']],
    ['the same told with other stops', { fact: 'HE CAME' }, []],
    ['another fact', { fact: 'He did not come.' }, ['facts']],
    ['everything', { starts: '2025', category: 'court', fact: 'No.' }, ['dates', 'category', 'facts']],
  ])('shows where agencies contradict each other: %s', (_, more, conflicts) => {
    const entries = [entry('a', 'nhs', '2026-03-01', { fact: 'He came.' }), entry('b', 'police', '2026-03-01', more)];
    expect(merged(entries, [['a', 'b']])[0]!.conflicts).toEqual(conflicts);
  });

  it('finds no conflict of an agency with itself, nor between events', () => {
    const entries = [
      entry('a', 'nhs', '2026-03-01'),
      entry('b', 'nhs', '2026-05-01'),
      entry('c', 'police', '2026-03-01'),
    ];
    expect(merged(entries, [['a', 'b']]).map((e) => e.conflicts)).toEqual([[], []]);
  });

  it('asks whether entries may be about one event, and joins none by itself', () => {
    const say = (more: Partial<Mergeable>) =>
      merged([entry('a', 'nhs', '2026-03-01', { people: ['p1'] }), entry('b', 'police', '2026-03-01', more)], []).map(
        (e) => e.maybe,
      );
    expect(say({})).toEqual([['b'], ['a']]);
    expect(say({ people: ['p1', 'p2'] })).toEqual([['b'], ['a']]);
    expect(say({ people: ['p2'] })).toEqual([[], []]);
    expect(say({ category: 'health' })).toEqual([[], []]);
    expect(say({ starts: '2026-03' })).toEqual([[], []]);
    expect(say({ starts: '2026-03-02' })).toEqual([[], []]);
    expect(say({ orgId: 'nhs' })).toEqual([[], []]);
  });
});
