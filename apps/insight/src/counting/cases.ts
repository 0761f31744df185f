import { civilDate } from '@concordat/clocks';
import { count, latest, monthOf, told1, type Counting } from '../count';

const dayOf = (at: string): string => civilDate(new Date(at));

/** A case counts in the month in which it was opened, by area and by the agency that led it then. Pure. */
export const ofCase: Counting = (told) => {
  const opened = told1(told, 'case-opened');
  if (!opened) return [];
  const { areaId = '', leadOrg = '' } = opened.data;
  return [count('case', { day: monthOf(dayOf(opened.at)), area: areaId, agency: leadOrg })];
};

/** A referral from one agency to another counts in the month in which it was offered, by who was to answer and how it stands. Pure. */
export const ofHandOver: Counting = (told) => {
  const offered = told1(told, 'onward-referral-offered');
  if (!offered) return [];
  const { toOrg = '' } = offered.data;
  return [
    count('hand-over', { day: monthOf(dayOf(offered.at)), agency: toOrg, code: latest(told, 'state') ?? 'offered' }),
  ];
};
