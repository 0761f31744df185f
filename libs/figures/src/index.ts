export { suppressed, type Cell, type Mark, type Sum } from './suppression';
export {
  daysOfQuarter,
  lastOfFinancialYear,
  lastQuarterOver,
  QUARTER,
  quarterOf,
  quartersBefore,
  yearTo,
  type Quarter,
} from './quarter';
export { changeText, roundedTo, shownText, type Shown } from './shown';
