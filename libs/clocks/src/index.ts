export { bankHolidays } from './bank-holidays';
export { type Calendar, isWorkingDay, type Opening, type Weekday } from './calendar';
export { addDays, addMonths, type CivilDay, lastDayBeginningWith } from './civil';
export { type ClockRule, type ClockUnit, dueAt, isOverdue } from './due';
export { civilDate, endOfDay, startOfDay } from './london';
