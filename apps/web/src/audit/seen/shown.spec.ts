import { groundAt, shownBy } from './shown';

const act = {
  action: 'chronology.view',
  outcome: 'done',
  subjects: ['p1'],
  objects: [
    { t: 'case', id: 'c1', ver: '4' },
    { t: 'person', id: 'p1' },
    { t: 'chronology-entry', id: 'e1', ver: '2' },
    { t: 'chronology-entry', id: 'e2', ver: '1' },
  ],
} as const;

describe('what an act looked like to whoever did it', () => {
  it('is each thing that it put before them, in the version that it had, once', () => {
    expect(shownBy(act)).toEqual([
      { kind: 'Person', things: [{ t: 'person', id: 'p1', version: null }] },
      { kind: 'Case', things: [{ t: 'case', id: 'c1', version: '4' }] },
      {
        kind: 'Chronology entry',
        things: [
          { t: 'chronology-entry', id: 'e1', version: '2' },
          { t: 'chronology-entry', id: 'e2', version: '1' },
        ],
      },
    ]);
  });

  it('is nothing when it was refused, changed something only, or can no longer be told', () => {
    expect(shownBy({ ...act, outcome: 'denied' })).toEqual([]);
    expect(shownBy({ ...act, action: 'chronology.correct' })).toEqual([]);
    expect(shownBy({ ...act, action: null })).toEqual([]);
  });

  it('was by what held at that instant, and by nothing outside it', () => {
    const spans = [
      { from: '2026-11-24T09:00:00.000Z', to: '2026-11-24T10:00:00.000Z', ground: 'part' },
      { from: '2026-11-24T10:00:00.000Z', to: '2026-11-24T11:00:00.000Z', ground: 'glass' },
    ];
    expect(groundAt(spans, '2026-11-24T09:59:59.999Z')).toBe('Their agency took part');
    expect(groundAt(spans, '2026-11-24T10:00:00.000Z')).toBe('Opened in an emergency');
    expect(groundAt(spans, '2026-11-24T11:00:00.000Z')).toBeNull();
    expect(groundAt([], '2026-11-24T10:00:00.000Z')).toBeNull();
  });
});
