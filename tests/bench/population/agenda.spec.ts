import { Random } from '../../faults/random';
import { Agenda } from './agenda';
import { familyName } from './content';
import { Skewed } from './skewed';

describe('what a population is drawn from', () => {
  it('is taken earliest first, whatever was added when', () => {
    const random = new Random(3);
    const agenda = new Agenda<number>();
    const all = Array.from({ length: 500 }, () => random.between(0, 900));
    all.forEach((at, i) => agenda.add(at, i));
    const taken: number[] = [];
    while (agenda.next < Infinity) taken.push(agenda.take()!.at);
    expect(taken).toEqual([...all].sort((a, b) => a - b));
    expect(agenda.take()).toBeUndefined();
  });

  it('is skewed: the first are common, and the last do occur', () => {
    const random = new Random(5);
    const few = new Skewed(['a', 'b', 'c'], 1);
    const drawn = Array.from({ length: 6_000 }, () => few.draw(random));
    const share = (letter: string): number => drawn.filter((d) => d === letter).length / drawn.length;
    expect(share('a')).toBeCloseTo(6 / 11, 1);
    expect(share('c')).toBeCloseTo(2 / 11, 1);
  });

  it('has a Smith in fifty, and many who share their name with nobody', () => {
    const random = new Random(7);
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const name = familyName(random);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(counts.get('Smith')! / 20_000).toBeGreaterThan(0.015);
    expect(counts.get('Smith')! / 20_000).toBeLessThan(0.06);
    expect([...counts.values()].filter((n) => n <= 2).length).toBeGreaterThan(1_000);
  });
});
