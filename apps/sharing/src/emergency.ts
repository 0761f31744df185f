import { IllegalTransition, type Authorisation } from '@concordat/contracts';
import type { Question } from './question';

/** What the review of an emergency has beside a question. All of it is null of what was put before it was kept. */
export interface Emergency {
  /** By when somebody else is to have reviewed it. */
  readonly reviewBy: Date | null;
  /** What had happened, in the words of whoever shared it. */
  readonly account: string | null;
  /** Who is said to have authorised it, and what they say of that. */
  readonly authoriser: string | null;
  readonly authorised: Authorisation | null;
  readonly authorisedAt: Date | null;
  readonly authorisedNote: string | null;
}

/** What a question has of an emergency when there is none. */
export const NO_EMERGENCY: Emergency = {
  ...{ reviewBy: null, account: null },
  ...{ authoriser: null, authorised: null, authorisedAt: null, authorisedNote: null },
};

/** Why somebody may not say whether an emergency was authorised, or null: only who is named can, for the agency they were named at. Pure. */
export function mayNotConfirm(q: Pick<Question, 'authoriser' | 'askedOrg'>, who: { id: string; orgId: string | null }) {
  return q.authoriser === who.id && q.askedOrg === who.orgId ? null : 'question.not-authoriser';
}

/**
 * confirmAuthority puts on record what the named authoriser says. What was shared was shared: it holds nothing up and undoes nothing,
 * and whoever reviews it reads it. Throws IllegalTransition `question.answered` once it was reviewed, `question.confirmed` when they
 * have said it before: the first word stands. Pure.
 */
export function confirmAuthority(was: Question, said: Authorisation, note: string | null, at: Date): Question {
  if (was.state !== 'open')
    throw new IllegalTransition('question.answered', 'This has been reviewed already', was.state);
  if (was.authorised !== null)
    throw new IllegalTransition('question.confirmed', 'You have said this already', was.authorised);
  return { ...was, version: was.version + 1, authorised: said, authorisedAt: at, authorisedNote: note };
}
