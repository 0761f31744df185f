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
export { changeText, roundedTo, shareText, shownText, type Shown } from './shown';
