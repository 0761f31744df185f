import { rangeOf } from '@concordat/clocks';
import type { FieldProblem } from '@concordat/contracts';
import type { ReviewKind } from '@concordat/packs';

/** Working days are known from 1978 on; no review that begins now is about anything before. */
const FIRST = '1980';

/** dateProblem says why a date cannot be kept, or null when it can. Pure. */
export function dateProblem(
  kind: ReviewKind,
  parties: readonly string[],
  { code, date, party }: { readonly code: string; readonly date: string; readonly party: string | null },
  today: string,
): FieldProblem | null {
  const fact = kind.facts.find((f) => f.code === code);
  if (!fact) return { field: 'code', code: 'not-in-list', message: 'This kind of review has no such date' };
  if (fact.perParty && (party === null || !parties.includes(party)))
    return { field: 'party', code: 'required', message: 'Choose whose date this is' };
  if (!fact.perParty && party !== null)
    return { field: 'party', code: 'not-asked', message: 'This date is the review’s, not one organisation’s' };
  if (date < FIRST) return { field: 'date', code: 'too-early', message: `The date must be in ${FIRST} or later` };
  return rangeOf(date).earliest > today
    ? { field: 'date', code: 'in-future', message: 'The date must be today or earlier' }
    : null;
}
