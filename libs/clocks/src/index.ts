export { bankHolidays } from './bank-holidays';
export { type Calendar, isWorkingDay, type Opening, type Weekday } from './calendar';
export { addDays, addMonths, type CivilDay, daysBetween, lastDayBeginningWith } from './civil';
export { type ClockRule, type ClockUnit, dueAt, isOverdue } from './due';
export { calendarObject, calendarText, calendarTime } from './icalendar';
export { civilDate, endOfDay, instantOn, startOfDay } from './london';
export {
  type Duty,
  type DutyFacts,
  type DutyState,
  dutyState,
  dutyStates,
  type DutyStatus,
  type Extension,
  type Force,
  mayNotExtend,
  type NotExtendable,
  type Pause,
  type PauseReason,
} from './duty';
export { type DayRange, dueDay, dueRange, type KnownDate, rangeOf, type TimeLimit } from './time-limit';
