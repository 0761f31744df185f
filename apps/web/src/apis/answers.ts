import type { AppealedAgainst, AppealResult } from '@concordat/contracts';
import type { ReviewClock } from './reviews';

interface Recorded {
  readonly by: string;
  readonly at: string;
}
/** An appeal in an ASB case review, with how it was decided. */
export interface ReviewAppeal extends Recorded {
  readonly id: string;
  readonly number: number;
  readonly against: AppealedAgainst;
  readonly receivedOn: string;
  readonly grounds: string;
  readonly decision:
    | (Recorded & {
        readonly result: AppealResult;
        readonly decidedOn: string;
        readonly role: string;
        readonly independence: string;
        readonly reasons: string;
      })
    | null;
  readonly clock: Pick<ReviewClock, 'status' | 'due'> | null;
}
/** A letter to whoever applied, as it is printed. */
export interface LetterView {
  readonly id: string;
  readonly title: string;
  readonly reference: string;
  readonly on: string;
  readonly to: string;
  readonly parts: readonly { readonly heading: string; readonly text: string }[];
  readonly number: number;
  readonly released: boolean;
  readonly sending: { readonly sentOn: string; readonly how: string; readonly receipt: string } | null;
}
