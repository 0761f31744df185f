import { reviewActionStates } from '@concordat/contracts';
import type { TrackedFigure } from '../../apis/recommendations';
import { STATES } from '../recommendation-words';

export interface Bar {
  readonly text: string;
  readonly count: number;
  readonly overdue: number;
  /** Widths of what is in time and of what is overdue, and where the first begins from above. */
  readonly inTime: number;
  readonly late: number;
  readonly y: number;
}
export interface Chart {
  readonly bars: readonly Bar[];
  readonly total: number;
  readonly overdue: number;
  readonly width: number;
  readonly height: number;
  readonly left: number;
}

const LEFT = 190;
const WIDTH = 760;
const ROOM = WIDTH - LEFT - 170; // on the right stands how many
const STEP = 34;

/** chartOf draws how many actions stand where: a bar for each state that any stands in. The table beside it says the same. Pure. */
export function chartOf(figures: readonly TrackedFigure[]): Chart {
  const order = [null, ...reviewActionStates];
  const shown = figures.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const most = Math.max(1, ...shown.map(({ count }) => count));
  const bars = shown.map(({ state, count, overdue }, i) => {
    const late = Math.round((overdue / most) * ROOM);
    return {
      ...{ text: state === null ? 'No action yet' : STATES[state].text, count, overdue, late, y: i * STEP },
      inTime: Math.round((count / most) * ROOM) - late,
    };
  });
  const sum = (of: (bar: Bar) => number): number => bars.reduce((all, bar) => all + of(bar), 0);
  return {
    ...{ bars, total: sum((b) => b.count), overdue: sum((b) => b.overdue) },
    ...{ width: WIDTH, height: Math.max(STEP, bars.length * STEP), left: LEFT },
  };
}
