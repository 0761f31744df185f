/** A person as a genogram draws them. No address is here, so that none can be drawn. */
export interface Drawn {
  readonly id: string;
  readonly name: string;
  readonly sex?: string | undefined;
  readonly died?: boolean;
  /** What they are in the case; the subject has a double outline. */
  readonly subject?: boolean;
}
/** `from` is the `kind` of `to`; what has ended is drawn broken. */
export interface Tie {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly ended?: boolean;
}
export interface Figure {
  readonly id: string;
  readonly name: readonly string[];
  readonly shape: 'square' | 'circle' | 'diamond';
  readonly x: number;
  readonly y: number;
  readonly subject: boolean;
  readonly died: boolean;
}
export interface Line {
  readonly path: string;
  readonly style: 'family' | 'couple' | 'other';
  readonly ended: boolean;
  readonly label: string;
  readonly labelX: number;
  readonly labelY: number;
}
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly figures: readonly Figure[];
  readonly lines: readonly Line[];
}

/** How many generations `from` is below `to`; kinds that say nothing of generations are not here. */
const GENERATIONS: Readonly<Record<string, number>> = {
  parent: -1,
  'step-parent': -1,
  grandparent: -2,
  child: 1,
  'step-child': 1,
  grandchild: 2,
  partner: 0,
  'ex-partner': 0,
  spouse: 0,
  'ex-spouse': 0,
  sibling: 0,
};
const COUPLES = new Set(['partner', 'ex-partner', 'spouse', 'ex-spouse']);
const [COLUMN, ROW, MARGIN, HALF] = [190, 170, 100, 26];
const LETTERS = 20;

/**
 * genogram lays people out by generation, the older above, couples side by side, as genograms are drawn: a man is a square, a
 * woman a circle, anyone else a diamond. Who is related to nobody stands in a last row. Pure: the same people and ties give
 * the same drawing.
 */
export function genogram(people: readonly Drawn[], ties: readonly Tie[]): Drawing {
  const known = new Set(people.map((p) => p.id));
  const drawn = ties.filter((t) => known.has(t.from) && known.has(t.to) && t.from !== t.to);
  const rows = rowsOf(people, drawn);
  const places = new Map<string, { x: number; y: number }>();
  const widest = Math.max(1, ...rows.map((row) => row.length));
  rows.forEach((row, r) => {
    const indent = ((widest - row.length) * COLUMN) / 2;
    row.forEach((id, c) => places.set(id, { x: MARGIN + indent + c * COLUMN, y: MARGIN + r * ROW }));
  });
  return {
    width: 2 * MARGIN + (widest - 1) * COLUMN,
    height: 2 * MARGIN + Math.max(0, rows.length - 1) * ROW,
    figures: people.map((p) => ({
      ...{ id: p.id, name: wrapped(p.name), ...places.get(p.id)! },
      shape: p.sex === 'male' ? 'square' : p.sex === 'female' ? 'circle' : 'diamond',
      ...{ subject: p.subject === true, died: p.died === true },
    })),
    lines: drawn.map((t, i) => lineFor(t, places.get(t.from)!, places.get(t.to)!, i)),
  };
}

/** Ids of people by row, from the oldest generation to the youngest, and last those who are related to nobody. */
function rowsOf(people: readonly Drawn[], ties: readonly Tie[]): string[][] {
  const generation = new Map<string, number>();
  const inOrder = [...people].sort((a, b) => Number(b.subject ?? false) - Number(a.subject ?? false));
  const order: string[] = [];
  for (const start of inOrder) {
    if (generation.has(start.id) || !ties.some((t) => t.from === start.id || t.to === start.id)) continue;
    generation.set(start.id, 0);
    const queue = [start.id];
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      order.push(id);
      for (const t of [...ties].sort((a, b) => Number(COUPLES.has(b.kind)) - Number(COUPLES.has(a.kind)))) {
        const other = t.from === id ? t.to : t.to === id ? t.from : null;
        if (other === null || generation.has(other)) continue;
        const below = GENERATIONS[t.kind] ?? 0;
        generation.set(other, generation.get(id)! + (t.from === id ? -below : below));
        queue.push(other);
      }
    }
  }
  const levels = [...new Set(generation.values())].sort((a, b) => a - b);
  const rows = levels.map((level) => order.filter((id) => generation.get(id) === level));
  const alone = people.filter((p) => !generation.has(p.id)).map((p) => p.id);
  return alone.length > 0 ? [...rows, alone] : rows;
}

function lineFor(tie: Tie, a: { x: number; y: number }, b: { x: number; y: number }, index: number): Line {
  const [left, right] = a.x <= b.x ? [a, b] : [b, a];
  const beside = a.y === b.y;
  const near = beside && right.x - left.x <= COLUMN;
  const lift = beside && !near ? 60 + (index % 3) * 14 : 0;
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 - lift };
  const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
  const path = near
    ? `M ${left.x + HALF} ${left.y} L ${right.x - HALF} ${right.y}`
    : beside
      ? `M ${left.x} ${left.y - HALF} Q ${middle.x} ${left.y - HALF - 2 * lift} ${right.x} ${right.y - HALF}`
      : `M ${upper.x} ${upper.y + HALF} L ${lower.x} ${lower.y - HALF}`;
  const style = COUPLES.has(tie.kind) ? 'couple' : tie.kind in GENERATIONS ? 'family' : 'other';
  const ended = tie.ended === true || tie.kind.startsWith('ex-');
  return {
    path,
    style,
    ended,
    label: tie.kind,
    labelX: middle.x,
    labelY: beside ? middle.y - (near ? 8 : HALF) : middle.y,
  };
}

/** A name in lines of a length that fits under its figure; the table beside has it whole. */
function wrapped(name: string): string[] {
  const lines: string[] = [];
  for (const word of name.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LETTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length > LETTERS ? `${word.slice(0, LETTERS - 1)}…` : word);
  }
  return lines.slice(0, 2);
}
