import type { ReviewKind } from '../../apis/review-kinds';

/** A state as a box. Those of the usual way stand on the left, one below the other; all others on the right. */
export interface StateBox {
  readonly code: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly final: boolean;
}
/** A step as a line from one box to another; `aside` leaves the usual way or begins a part of it again. */
export interface StepLine {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly aside: boolean;
}
export interface Diagram {
  readonly boxes: readonly StateBox[];
  readonly lines: readonly StepLine[];
  readonly width: number;
  readonly height: number;
  readonly box: { readonly width: number; readonly height: number };
}

type Drawn = Pick<ReviewKind, 'states' | 'transitions'>;
const BOX = { width: 240, height: 38 };
const [LEFT, RIGHT, STEP, MARGIN] = [90, 480, 60, 12];

/** usualWay is the states in the order of the usual way: from each the first step that needs no reason and begins nothing again. Pure. */
export function usualWay({ states, transitions }: Drawn): string[] {
  const known = new Set(states.map(({ code }) => code));
  const way: string[] = [];
  let at = transitions.find(({ from }) => !known.has(from))?.to;
  while (at !== undefined && !way.includes(at)) {
    way.push(at);
    const here: string = at;
    at = transitions.find((t) => t.from === here && !t.reason && !t.again && !way.includes(t.to))?.to;
  }
  return way;
}

/**
 * diagramOf draws a kind: every state once and every step between them. The list below it says the same in words. A state beside the usual
 * way stands as near to where it is first left for as there is room. Pure.
 */
export function diagramOf(kind: Drawn): Diagram {
  const way = usualWay(kind);
  const rows = new Map(way.map((code, row) => [code, row]));
  const taken = new Set<number>();
  for (const { code } of kind.states.filter((s) => !rows.has(s.code))) {
    const source = kind.transitions.find((t) => t.to === code && way.includes(t.from))?.from;
    let row = source === undefined ? 0 : way.indexOf(source);
    while (taken.has(row)) row++;
    taken.add(row);
    rows.set(code, row);
  }
  const boxes = kind.states.map(({ code, title, final }) => ({
    ...{ code, title, final: final ?? false, x: way.includes(code) ? LEFT : RIGHT },
    y: MARGIN + rows.get(code)! * STEP,
  }));
  const of = (code: string) => boxes.find((b) => b.code === code);
  const lines = kind.transitions.flatMap(({ from, to, reason, again }): StepLine[] => {
    const [a, b] = [of(from), of(to)];
    return a && b ? [{ from, to, path: pathOf(a, b), aside: (reason ?? false) || (again ?? false) }] : [];
  });
  const height = 2 * MARGIN + BOX.height + Math.max(0, ...rows.values()) * STEP;
  return { boxes, lines, width: RIGHT + BOX.width + 90, height, box: BOX };
}

/** Down to the next, round the outer side to another of the same column, straight across to the other column. */
function pathOf(a: StateBox, b: StateBox): string {
  const middle = BOX.height / 2;
  if (a.x === b.x) {
    if (b.y - a.y === STEP && a.x === LEFT) return `M ${a.x + BOX.width / 2} ${a.y + BOX.height} V ${b.y - 2}`;
    const out = a.x === LEFT ? a.x : a.x + BOX.width;
    const far = Math.min(80, 24 + (Math.abs(b.y - a.y) / STEP) * 8) * (a.x === LEFT ? -1 : 1);
    return `M ${out} ${a.y + middle} C ${out + far} ${a.y + middle}, ${out + far} ${b.y + middle}, ${out} ${b.y + middle}`;
  }
  const [leave, come] = a.x === LEFT ? [a.x + BOX.width, b.x] : [a.x, b.x + BOX.width];
  // What comes back does not hide what went there.
  const beside = a.x === LEFT ? -6 : 6;
  return `M ${leave} ${a.y + middle + beside} L ${come} ${b.y + middle + beside}`;
}

/** A clock as two boxes, from what it is counted and what ends it, with its length between. */
export interface ClockRow {
  readonly code: string;
  readonly y: number;
  readonly height: number;
  readonly from: string;
  readonly length: string;
  readonly force: string;
  readonly meets: readonly { readonly text: string; readonly y: number }[];
}
const LINE = 22;

/** clockRows draws the clocks of a kind one below the other, each as high as what ends it needs lines. Pure. */
export function clockRows(
  clocks: readonly {
    readonly code: string;
    readonly from: string;
    readonly length: string;
    readonly force: string;
    readonly meets: readonly string[];
  }[],
): { readonly rows: readonly ClockRow[]; readonly height: number } {
  let y = MARGIN;
  const rows = clocks.map((clock): ClockRow => {
    const height = Math.max(2, clock.meets.length) * LINE + 16;
    const row = { ...clock, y, height, meets: clock.meets.map((text, i) => ({ text, y: y + 20 + i * LINE })) };
    y += height + 24;
    return row;
  });
  return { rows, height: y };
}
