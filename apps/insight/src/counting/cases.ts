import { count, latest, monthAt, told1, type Counting } from '../count';

/**
 * A case counts in the month in which it was opened, by area and by the agency that led it then. One that was brought in from another
 * system counts apart, in the month in which it came: it is no work that began here. Pure.
 */
export const ofCase: Counting = (told) => {
  const [opened, broughtIn] = [told1(told, 'case-opened'), told1(told, 'case-brought-in')];
  const began = opened ?? broughtIn;
  if (!began) return [];
  const { areaId = '', leadOrg = '' } = began.data;
  return [count(opened ? 'case' : 'case-brought-in', { day: monthAt(began.at), area: areaId, agency: leadOrg })];
};

/** A referral from one agency to another counts in the month in which it was offered, by who was to answer and how it stands. Pure. */
export const ofHandOver: Counting = (told) => {
  const offered = told1(told, 'onward-referral-offered');
  if (!offered) return [];
  // Events of before do not say in which area its case is.
  const { toOrg = '', areaId = '' } = offered.data;
  return [
    count('hand-over', {
      ...{ day: monthAt(offered.at), area: areaId, agency: toOrg },
      code: latest(told, 'state') ?? 'offered',
    }),
  ];
};
