import { civilDate } from '@concordat/clocks';
import { count, monthOf, type Counting } from '../count';

/**
 * Something that was due counts in the month of the day on which it was, by its kind and the agency that was to act, each time that its
 * time passed with nothing done. What is done afterwards, or made due again later, changes nothing of that. Pure.
 */
export const ofDeadline: Counting = (told) =>
  told.flatMap(({ data: { kind, orgId: agency, dueAt } }) =>
    kind && agency && dueAt ? [count('deadline', { day: monthOf(civilDate(new Date(dueAt))), kind, agency })] : [],
  );
