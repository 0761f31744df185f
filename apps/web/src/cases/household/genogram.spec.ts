import { genogram, type Drawn, type Tie } from './genogram';

const person = (id: string, more: Partial<Drawn> = {}): Drawn => ({ id, name: `Person ${id}`, ...more });
const rowsOf = (people: Drawn[], ties: Tie[]) => {
  const { figures } = genogram(people, ties);
  const ys = [...new Set(figures.map((f) => f.y))].sort((a, b) => a - b);
  return ys.map((y) =>
    figures
      .filter((f) => f.y === y)
      .sort((a, b) => a.x - b.x)
      .map((f) => f.id),
  );
};

describe('a genogram', () => {
  it('puts the older generation above, couples side by side, and who is related to nobody last', () => {
    const people = ['child', 'mother', 'gran', 'friend', 'father', 'stray'].map((id) =>
      person(id, { subject: id === 'mother' }),
    );
    const ties: Tie[] = [
      { from: 'gran', to: 'mother', kind: 'parent' },
      { from: 'child', to: 'mother', kind: 'child' },
      { from: 'mother', to: 'friend', kind: 'friend' },
      { from: 'father', to: 'mother', kind: 'ex-partner' },
      { from: 'father', to: 'child', kind: 'parent' },
    ];
    expect(rowsOf(people, ties)).toEqual([['gran'], ['mother', 'father', 'friend'], ['child'], ['stray']]);
    const { lines } = genogram(people, ties);
    expect(lines.map((l) => [l.label, l.style, l.ended])).toEqual([
      ['parent', 'family', false],
      ['child', 'family', false],
      ['friend', 'other', false],
      ['ex-partner', 'couple', true],
      ['parent', 'family', false],
    ]);
  });

  it('skips a generation for grandparents, and reads a tie from either end', () => {
    const both = [person('a'), person('b', { subject: true })];
    expect(rowsOf(both, [{ from: 'a', to: 'b', kind: 'grandparent' }])).toEqual([['a'], ['b']]);
    expect(rowsOf(both, [{ from: 'b', to: 'a', kind: 'grandchild' }])).toEqual([['a'], ['b']]);
    expect(rowsOf(both, [{ from: 'a', to: 'b', kind: 'parent' }])).toEqual(
      rowsOf(both, [{ from: 'b', to: 'a', kind: 'child' }]),
    );
  });

  it('draws a man as a square, a woman as a circle and anyone else as a diamond', () => {
    const people = ['male', 'female', 'other', 'not-known'].map((sex) => person(sex, { sex }));
    expect(genogram([...people, person('unsaid')], []).figures.map((f) => f.shape)).toEqual([
      'square',
      'circle',
      ...['diamond', 'diamond', 'diamond'],
    ]);
  });

  it('puts no two figures in one place, and all inside the drawing, whatever the ties', () => {
    const people = Array.from({ length: 12 }, (_, i) => person(String(i)));
    const ties = people.flatMap((p, i) =>
      ['parent', 'partner', 'sibling', 'carer'].map((kind, k): Tie => ({
        from: p.id,
        to: String((i * 5 + k * 3 + 1) % 12),
        kind,
      })),
    );
    const { figures, width, height } = genogram(people, ties);
    expect(new Set(figures.map((f) => `${f.x} ${f.y}`)).size).toBe(12);
    expect(figures.every((f) => f.x > 0 && f.x < width && f.y > 0 && f.y < height)).toBe(true);
    expect(genogram(people, ties)).toEqual(genogram(people, ties));
  });

  it('has room for nobody, and leaves out ties to people who are not there', () => {
    expect(genogram([], [])).toMatchObject({ figures: [], lines: [] });
    expect(
      genogram(
        [person('a')],
        [
          { from: 'a', to: 'b', kind: 'parent' },
          { from: 'a', to: 'a', kind: 'sibling' },
        ],
      ).lines,
    ).toEqual([]);
  });

  it('breaks long names, and nothing that it is given has an address', () => {
    expect(
      genogram([person('a', { name: 'Maximiliana-Theodorine Longchamps-Westerby' })], []).figures[0]!.name,
    ).toEqual(['Maximiliana-Theodor…', 'Longchamps-Westerby']);
  });
});
