import { IllegalTransition, type QuestionState } from '@concordat/contracts';
import { addDays, civilDate } from '@concordat/clocks';
import type { Answer } from '@concordat/sharing';
import type { Emergency } from './emergency';

/** On what a person allows it: the agreement that left it to them, or another lawful ground that the reason names. */
export const answerGrounds = ['agreement', 'other'] as const;
export type AnswerGround = (typeof answerGrounds)[number];

/** Something that the rules leave to a person (REVIEW): asked once, answered once. The answer is a decision of its own. Or the review of an emergency. */
export interface Question extends Emergency {
  readonly id: string;
  readonly version: number;
  readonly state: QuestionState;
  /** The agreement version, and the reasons, that left it to a person. */
  readonly isa: string;
  readonly reasons: readonly string[];
  readonly decisionId: string;
  /** Where what it is about would come from: its governance answers. */
  readonly sender: string;
  readonly askedBy: string;
  readonly askedOrg: string;
  readonly askedAt: Date;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly ground: AnswerGround | null;
  readonly reason: string | null;
  readonly answerId: string | null;
  /** The last civil day in London on which the answer holds. */
  readonly holdsUntil: string | null;
}

/** Why somebody of a governing role may not answer a question, or null when they may: nobody answers their own. Pure. */
export function mayNotAnswer(q: Pick<Question, 'sender' | 'askedBy'>, who: { id: string; orgId: string | null }) {
  if (who.orgId !== q.sender) return 'organisation.not-sender';
  return who.id === q.askedBy ? 'question.own' : null;
}

/** answerQuestion answers it. Throws IllegalTransition `question.answered` when it was answered before: the first one stands. */
export function answerQuestion(
  was: Question,
  said: {
    readonly answer: Answer;
    readonly ground: AnswerGround | null;
    readonly reason: string;
    readonly holdsUntil: string;
  },
  done: { readonly by: string; readonly at: Date; readonly answerId: string },
): Question {
  if (was.state !== 'open')
    throw new IllegalTransition('question.answered', 'This has been answered already', was.state);
  return {
    ...{ ...was, version: was.version + 1, state: said.answer === 'allow' ? 'allowed' : 'refused' },
    ...{ answeredBy: done.by, answeredAt: done.at, answerId: done.answerId },
    ...{ ground: said.answer === 'allow' ? said.ground : null, reason: said.reason, holdsUntil: said.holdsUntil },
  };
}

/**
 * The last day on which an answer of `now` holds: as many days as the pack says at most, or the earlier one that whoever answers says.
 * Null when that is no day from today to then. Pure.
 */
export function lastDay(now: Date, atMost: number, said?: string): string | null {
  const [today, latest] = [civilDate(now), addDays(civilDate(now), atMost)];
  if (said === undefined) return latest;
  return said >= today && said <= latest ? said : null;
}
