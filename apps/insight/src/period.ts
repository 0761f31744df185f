import { addDays, type CivilDay } from '@concordat/clocks';
import {
  daysOfQuarter,
  lastOfFinancialYear,
  quarterOf,
  quartersBefore,
  yearTo,
  type Quarter,
} from '@concordat/figures';

/** A quarter such as `2026-Q3`, or a financial year by the year in which it begins on 1 April: `2026`. */
export const PERIOD = /^20\d\d(-Q[1-4])?$/;

export interface Period {
  readonly code: string;
  readonly title: string;
  /** Its first and its last civil day. */
  readonly from: CivilDay;
  readonly to: CivilDay;
}

const isQuarter = (code: string): code is Quarter => code.includes('-Q');
const MONTHS = ['January to March', 'April to June', 'July to September', 'October to December'];

/** A period by its code. Pure, as everything here. */
export function periodOf(code: string): Period {
  if (isQuarter(code)) {
    const [year, quarter] = code.split('-Q');
    return { code, title: `${MONTHS[Number(quarter) - 1]} ${year}`, ...daysOfQuarter(code) };
  }
  const year = Number(code);
  const [first, , , last] = yearTo(lastOfFinancialYear(year)) as [Quarter, Quarter, Quarter, Quarter];
  return {
    code,
    title: `April ${year} to March ${year + 1}`,
    from: daysOfQuarter(first).from,
    to: daysOfQuarter(last).to,
  };
}

/** The same period a year before. */
export const yearBefore = ({ code }: Period): Period =>
  periodOf(isQuarter(code) ? quartersBefore(code, 4) : String(Number(code) - 1));

/** Whether a period is over on a civil day: until then it is told so far. */
export const isOver = ({ to }: Period, today: CivilDay): boolean => to < today;

/** The financial year that a day is in. */
export const financialYearOf = (today: CivilDay): string =>
  String(Number(today.slice(0, 4)) - (today.slice(5) < '04-01' ? 1 : 0));

/** Periods to choose from on a day, newest first: three financial years, and the eight quarters up to the one that runs. */
export function periodsOn(today: CivilDay): readonly Period[] {
  const year = Number(financialYearOf(today));
  const now = quarterOf(today);
  return [
    ...[0, 1, 2].map((back) => periodOf(String(year - back))),
    ...Array.from({ length: 8 }, (_, back) => periodOf(quartersBefore(now, back))),
  ];
}

/** The day after a period: nothing of it is later. */
export const after = ({ to }: Period): CivilDay => addDays(to, 1);
