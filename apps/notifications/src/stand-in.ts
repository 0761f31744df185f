import type { FieldProblem } from '@concordat/contracts';

/** A colleague to whom somebody hands over what is due of them, from the beginning of one day to the end of another. */
export interface StandIn {
  readonly toId: string;
  readonly fromAt: Date;
  readonly until: Date;
}
const LONGEST_MS = 184 * 86_400_000;

/** problemsOf says why somebody cannot be named, by field. `known`: an active colleague who may be given work. Pure. */
export function problemsOf(
  { toId, fromAt, until }: StandIn,
  given: { readonly by: string; readonly known: boolean; readonly others: readonly StandIn[]; readonly today: Date },
): readonly FieldProblem[] {
  const problem = (field: string, code: string, message: string): FieldProblem => ({ field, code, message });
  if (toId === given.by) return [problem('toId', 'self', 'Choose somebody else')];
  if (!given.known) return [problem('toId', 'not-in-list', 'Choose somebody of your agency')];
  if (until < fromAt) return [problem('until', 'before-start', 'The last day must not be before the first')];
  if (until < given.today) return [problem('until', 'past', 'The last day must not be past')];
  if (until.getTime() - fromAt.getTime() > LONGEST_MS)
    return [problem('until', 'too-long', 'Hand over for half a year at most')];
  if (given.others.some((o) => o.fromAt <= until && o.until >= fromAt))
    return [problem('from', 'overlaps', 'You have named somebody for some of these days already')];
  return [];
}
