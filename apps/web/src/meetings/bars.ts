export interface CaseBar {
  readonly text: string;
  /** What stands at its end. */
  readonly label: string;
  /** Widths of cases that are new and of repeats, and how far down it is. */
  readonly fresh: number;
  readonly repeats: number;
  readonly y: number;
}
export interface CaseBars {
  readonly bars: readonly CaseBar[];
  readonly width: number;
  readonly height: number;
  readonly left: number;
}

const LEFT = 230;
const WIDTH = 760;
const ROOM = WIDTH - LEFT - 190; // on the right stands how many
const STEP = 34;

/** caseBars draws a bar of cases for each quarter, with repeats at its end. One that is not shown has none. The table says the same. Pure. */
export function caseBars(
  quarters: readonly {
    readonly text: string;
    readonly label: string;
    readonly cases: number;
    readonly repeats: number;
  }[],
): CaseBars {
  const most = Math.max(1, ...quarters.map(({ cases }) => cases));
  const bars = quarters.map(({ text, label, cases, repeats }, i) => {
    const end = Math.round((repeats / most) * ROOM);
    return { text, label, fresh: Math.round((cases / most) * ROOM) - end, repeats: end, y: i * STEP };
  });
  return { bars, width: WIDTH, height: Math.max(STEP, bars.length * STEP), left: LEFT };
}
