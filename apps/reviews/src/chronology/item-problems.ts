import { rangeOf } from '@concordat/clocks';
import type { FieldProblem } from '@concordat/contracts';
import type { ReviewKind } from '@concordat/packs';

/** itemProblems says why something cannot enter a chronology: a day to come, or an item that the kind does not know. Pure. */
export function itemProblems(
  { date, informs }: { readonly date: string; readonly informs: readonly string[] },
  evidence: NonNullable<ReviewKind['evidence']>,
  today: string,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (rangeOf(date).earliest > today)
    problems.push({ field: 'date', code: 'in-future', message: 'The date must be today or earlier' });
  if (!informs.every((code) => evidence.informs.some((i) => i.code === code)))
    problems.push({
      field: 'informs',
      code: 'not-in-list',
      message: 'Choose among what reviews of this kind are told',
    });
  return problems;
}
