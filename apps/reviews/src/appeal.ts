import type { AppealedAgainst, AppealResult, LetterMatter } from '@concordat/contracts';
import type { Recorded } from './review';

/** An appeal in an ASB case review (domain/statutory-reviews.md §4.3). What is decided about it is put beside it. */
export interface Appeal extends Recorded {
  readonly id: string;
  readonly number: number;
  /** The round of the review in which it came: it is taken up by the step that begins the next. */
  readonly round: number;
  readonly against: AppealedAgainst;
  readonly receivedOn: string;
  /** Why they do not agree, in their words. */
  readonly grounds: string;
}

/** How an appeal was decided, by whoever recorded it. */
export interface AppealDecision extends Recorded {
  readonly appeal: string;
  readonly result: AppealResult;
  readonly decidedOn: string;
  /** In which office they decided. */
  readonly role: string;
  /** Why they had no part in what is appealed against. */
  readonly independence: string;
  readonly reasons: string;
}

/** A letter to an applicant, of which everybody who sees the review knows that there is one. Its words are for fewer. */
export interface LetterBrief extends Recorded {
  /** Of the file that it is, among those that leave the review. */
  readonly id: string;
  readonly number: number;
  readonly round: number;
  readonly about: LetterMatter;
}

/** That a letter was sent. */
export interface LetterSending extends Recorded {
  readonly letter: string;
  readonly sentOn: string;
  readonly how: string;
  readonly receipt: string;
}

/** What a letter says, as it was written. */
export interface LetterWords {
  /** Whom it is to, as it calls them. */
  readonly to: string;
  readonly decided: string;
  readonly why: string;
  /** What each body will do, by when. */
  readonly next: string | null;
  /** Whom to ask, and how. */
  readonly contact: string;
}
