import type { SharingArrow } from '../../apis/agreement-reading';

export interface Box {
  readonly id: string;
  readonly name: readonly string[];
  readonly x: number;
  readonly y: number;
}
export interface FlowLine {
  readonly path: string;
  /** In pixels: the more kinds of information, the wider. */
  readonly width: number;
}
export interface FlowDrawing {
  readonly width: number;
  readonly height: number;
  readonly box: { readonly width: number; readonly height: number };
  readonly senders: readonly Box[];
  readonly recipients: readonly Box[];
  readonly lines: readonly FlowLine[];
}

const [BOX, HIGH, GAP, BETWEEN, MARGIN] = [200, 48, 20, 300, 12];
const LETTERS = 22;
const WIDEST = 6;

/**
 * drawnFlows lays senders out on the left and recipients on the right, each in the order of their names, with a line for each
 * pair of them between whom anything may flow. Pure: the same arrows give the same drawing.
 */
export function drawnFlows(arrows: readonly SharingArrow[], nameOf: (id: string) => string): FlowDrawing {
  const column = (ids: readonly string[], x: number): Box[] =>
    [...new Set(ids)]
      .sort((a, b) => nameOf(a).localeCompare(nameOf(b)) || a.localeCompare(b))
      .map((id, row) => ({ id, name: wrapped(nameOf(id)), x, y: MARGIN + row * (HIGH + GAP) }));
  const senders = column(
    arrows.map((a) => a.from),
    MARGIN,
  );
  const right = MARGIN + BOX + BETWEEN;
  const recipients = column(
    arrows.map((a) => a.to),
    right,
  );
  const items = new Map<string, Set<string>>();
  for (const { from, to, items: carried } of arrows) {
    const pair = `${from} ${to}`;
    const known = items.get(pair) ?? new Set<string>();
    for (const { code } of carried) known.add(code);
    items.set(pair, known);
  }
  const lines = senders.flatMap((from) =>
    recipients.flatMap((to) => {
      const carried = items.get(`${from.id} ${to.id}`);
      return carried ? [{ path: curve(from, to), width: Math.min(WIDEST, 1 + carried.size / 2) }] : [];
    }),
  );
  const rows = Math.max(senders.length, recipients.length);
  return {
    ...{ width: right + BOX + MARGIN, height: 2 * MARGIN + Math.max(1, rows) * (HIGH + GAP) - GAP },
    box: { width: BOX, height: HIGH },
    ...{ senders, recipients, lines },
  };
}

function curve(from: Box, to: Box): string {
  const [x1, y1, x2, y2] = [from.x + BOX, from.y + HIGH / 2, to.x, to.y + HIGH / 2];
  const middle = (x1 + x2) / 2;
  return `M ${x1} ${y1} C ${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

/** A name in two lines at most; the table beside the drawing has it whole. */
function wrapped(name: string): string[] {
  if (name.length <= LETTERS) return [name];
  const cut = name.lastIndexOf(' ', LETTERS);
  const [first, rest] =
    cut > 0 ? [name.slice(0, cut), name.slice(cut + 1)] : [name.slice(0, LETTERS), name.slice(LETTERS)];
  return [first, rest.length > LETTERS ? `${rest.slice(0, LETTERS - 1)}…` : rest];
}
