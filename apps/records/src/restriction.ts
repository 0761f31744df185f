import { IllegalTransition, type FieldProblem } from '@concordat/contracts';

/** A restriction of a case, or of a person with every case that they are in, to named staff. */
export interface Restriction {
  readonly id: string;
  readonly version: number;
  readonly caseId: string | null;
  readonly personId: string | null;
  readonly kind: string;
  readonly reason: string;
  readonly reviewOn: string;
  readonly liftedAt: Date | null;
}

/** A member of staff who may be named, as far as that decides it. */
export interface Nameable {
  readonly userId: string;
  readonly orgId: string;
  readonly roles: readonly string[];
}

/** What is asked of a restriction: whom it names, and when it is looked at again. */
export interface Terms {
  readonly named: readonly string[];
  readonly reviewOn: string;
}

/**
 * termsProblems says what is wrong with whom a restriction names and when it is reviewed. Only staff of agencies that take
 * part can be named, because naming opens nothing by itself. Somebody of the leading agency who can lift the restriction
 * is always among them: a record that nobody can open protects nobody. `today` and dates as YYYY-MM-DD. Pure.
 */
export function termsProblems(
  { named, reviewOn }: Terms,
  staff: readonly Nameable[],
  leadOrg: string,
  { today, latest }: { readonly today: string; readonly latest: string },
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (named.some((id) => !staff.some((s) => s.userId === id)))
    problems.push({
      field: 'named',
      code: 'staff.not-taking-part',
      message: 'Choose staff of agencies that take part',
    });
  else if (!staff.some((s) => named.includes(s.userId) && canLift(s, leadOrg)))
    problems.push({
      field: 'named',
      code: 'restriction.lead-needed',
      message: 'Name at least one safeguarding lead of the agency that leads the case',
    });
  if (reviewOn <= today || reviewOn > latest)
    problems.push({
      field: 'reviewOn',
      code: 'date.out-of-range',
      message: 'The review must be after today and no later than the longest time allowed',
    });
  return problems;
}

const canLift = (s: Nameable, org: string): boolean => s.orgId === org && s.roles.includes('safeguarding-lead');

/** Throws IllegalTransition when a restriction has been lifted: nothing of it changes any more. */
export function mustBeLive(restriction: Pick<Restriction, 'liftedAt'>): void {
  if (restriction.liftedAt !== null)
    throw new IllegalTransition('restriction.lifted', 'This restriction has been lifted', 'lifted');
}
