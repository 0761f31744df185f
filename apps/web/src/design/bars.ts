/** A bar of a chart, in the units of its drawing. */
export interface Bar {
  readonly text: string;
  /** What stands at its end. */
  readonly label: string;
  /** Widths of its lighter and its darker part, and where it is from above. */
  readonly light: number;
  readonly dark: number;
  readonly y: number;
}
export interface Bars {
  readonly bars: readonly Bar[];
  readonly width: number;
  readonly height: number;
  readonly left: number;
  /** Whether its name stands above a bar and not beside it: for names of any length, and for narrow screens. */
  readonly above: boolean;
}
export interface BarOf {
  readonly text: string;
  readonly label: string;
  readonly value: number;
  /** As much of it is the darker part, at its end. */
  readonly dark?: number;
}

const BESIDE = { left: 230, width: 760, end: 190, step: 34 };
const ABOVE = { left: 0, width: 560, end: 260, step: 58 };

/** barsOf draws a bar for each value, the longest as long as there is room. What is not shown has none. The table says the same. Pure. */
export function barsOf(values: readonly BarOf[], above = false): Bars {
  const { left, width, end, step } = above ? ABOVE : BESIDE;
  const room = width - left - end; // at the end of a bar stands how many
  const most = Math.max(1, ...values.map(({ value }) => value));
  const bars = values.map(({ text, label, value, dark = 0 }, i) => {
    const darker = Math.round((dark / most) * room);
    return { text, label, light: Math.round((value / most) * room) - darker, dark: darker, y: i * step };
  });
  return { bars, width, height: Math.max(step, bars.length * step), left, above };
}
