import { barsOf, type Bars } from '../design/bars';

/** caseBars draws a bar of cases for each quarter, with repeats at its end. Pure. */
export const caseBars = (
  quarters: readonly {
    readonly text: string;
    readonly label: string;
    readonly cases: number;
    readonly repeats: number;
  }[],
): Bars => barsOf(quarters.map(({ text, label, cases, repeats }) => ({ text, label, value: cases, dark: repeats })));
