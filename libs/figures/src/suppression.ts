/** A number that is to be shown, by a name of its own. */
export interface Cell {
  readonly id: string;
  readonly value: number;
}
/** What is known to add up: everything that a reader can calculate with. One part says that two numbers are the same. */
export interface Sum {
  readonly total: string;
  readonly parts: readonly string[];
}
/** `few`: it is at least 1 and below the limit. `hidden`: it is not small, and would tell of one that is. */
export type Mark = 'few' | 'hidden';

/** How many steps one search for another reading may take; a cell for which none was found by then counts as solved. */
const MOST_STEPS = 4_000;
/** How far the second reading may be from the first: two, as a quarter that takes over another counts twice in a year. */
const FURTHEST = 2;

/**
 * suppressed says which numbers must not be shown, so that none of them can be calculated from those that are: by any sums, whatever
 * a reader knows of the limit and of what the marks mean (domain/risk-conferences.md §10). Small ones are `few`. As long as one that is not
 * shown has a single possible value, the smallest number beside it is `hidden` as well. Nought is always shown. Pure.
 * @returns null when even that leaves one that can be calculated: then nothing of it may be shown.
 */
export function suppressed(
  cells: readonly Cell[],
  sums: readonly Sum[],
  limit: number,
): ReadonlyMap<string, Mark> | null {
  const value = new Map(cells.map((cell) => [cell.id, cell.value]));
  const marks = new Map<string, Mark>();
  for (const { id, value: count } of cells) if (count > 0 && count < limit) marks.set(id, 'few');
  for (;;) {
    const solved = [...marks.keys()].find((id) => !hasOther(id, value, marks, sums, limit));
    if (solved === undefined) return marks;
    const next = nextToHide(solved, cells, sums, marks);
    if (next === undefined) return null;
    marks.set(next, 'hidden');
  }
}

/**
 * Whether a number that is not shown could be another: whether there is a second reading in which everything shown is the same, all
 * sums hold, and each number that is not shown is within what its mark says. It is made, not argued: what is found proves itself.
 */
function hasOther(
  id: string,
  value: ReadonlyMap<string, number>,
  marks: ReadonlyMap<string, Mark>,
  sums: readonly Sum[],
  limit: number,
): boolean {
  const may = (cell: string, by: number): boolean => {
    const then = value.get(cell)! + by;
    return marks.get(cell) === 'few' ? then >= 1 && then < limit : then >= limit;
  };
  const equations = sums.map(({ total, parts }) => [[total, -1] as const, ...parts.map((part) => [part, 1] as const)]);
  return [1, -1].some((by) => {
    if (!may(id, by)) return false;
    const moved = new Map([[id, by]]);
    let steps = 0;
    const settle = (): boolean => {
      for (const equation of equations) {
        const off = equation.reduce((sum, [cell, sign]) => sum + sign * (moved.get(cell) ?? 0), 0);
        if (off === 0) continue;
        for (const [cell, sign] of equation) {
          const back = off > 0 ? -sign : sign;
          const before = moved.get(cell) ?? 0;
          const then = before + back;
          // Never back again, so that it comes to an end.
          if (!marks.has(cell) || cell === id || before * back < 0) continue;
          if (Math.abs(then) > FURTHEST || !may(cell, then)) continue;
          if (++steps > MOST_STEPS) return false;
          moved.set(cell, then);
          if (settle()) return true;
          moved.set(cell, before);
        }
        return false;
      }
      return true;
    };
    return settle();
  });
}

/** The smallest number that is still shown beside one that can be calculated: a part before a total, and further off if need be. */
function nextToHide(
  id: string,
  cells: readonly Cell[],
  sums: readonly Sum[],
  marks: ReadonlyMap<string, Mark>,
): string | undefined {
  const open = cells.filter((cell) => cell.value > 0 && !marks.has(cell.id)).toSorted((a, b) => a.value - b.value);
  const beside = sums.filter(({ total, parts }) => total === id || parts.includes(id));
  const touched = sums.filter(({ total, parts }) => [total, ...parts].some((cell) => marks.has(cell)));
  const parts = (of: readonly Sum[]) => new Set(of.flatMap((sum) => sum.parts));
  const all = (of: readonly Sum[]) => new Set(of.flatMap((sum) => [sum.total, ...sum.parts]));
  for (const near of [parts(beside), all(beside), parts(touched), all(touched)]) {
    const found = open.find((cell) => near.has(cell.id));
    if (found) return found.id;
  }
  return undefined;
}
