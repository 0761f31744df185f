import type { BreachRisk, BreachState } from '@concordat/contracts';
import type { Submitted } from '../../design/submitted';

export const BREACH_STATES: Readonly<Record<BreachState, { text: string; colour: string }>> = {
  open: { text: 'To assess', colour: 'red' },
  'to-notify': { text: 'Commissioner to be told', colour: 'orange' },
  closed: { text: 'Done', colour: 'green' },
};
export const stateChoices = Object.entries(BREACH_STATES).map(([value, { text }]) => ({ value, text }));

const RISKS: Readonly<Record<BreachRisk, string>> = {
  unlikely: 'Nobody is likely to be harmed',
  likely: 'Somebody is likely to be harmed',
  high: 'Somebody is likely to be harmed badly',
};
export const riskText = (risk: BreachRisk | null): string => (risk ? RISKS[risk] : '');
export const riskChoices = Object.entries(RISKS).map(([value, text]) => ({ value, text }));

export const YES_NO = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
];

/** The day and time of a form, as the context takes them. What is missing is an error of its field. */
export function momentIn(sent: Submitted, what: string): { on?: string; time: string } {
  const on = sent.date('on', { what });
  if (!on && !sent.errors.some(({ field }) => field === 'on-day')) sent.wrong('on-day', 'required', 'Enter the day');
  const time = sent.text('time') ?? '';
  if (!time) sent.wrong('time', 'required', 'Enter the time, like 14:30');
  return { ...(on ? { on } : {}), time };
}

/** The field of a form that the context's own stands for. */
export const fieldOf = (field: string): string => (field === 'on' ? 'on-day' : field);
