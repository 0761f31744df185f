import { IllegalTransition, type ApprovalState } from '@concordat/contracts';

/** Approval of a stage of a case by somebody else of the agency that leads it. What was asked and what was answered are both kept. */
export interface Approval {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly stage: string;
  readonly state: ApprovalState;
  readonly requestedBy: string;
  readonly requestedOrg: string;
  readonly requestedAt: Date;
  readonly comment: string;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly answerComment: string | null;
  readonly pack: string;
}

export const approvalOutcomes = ['approved', 'rejected'] as const;
export type ApprovalOutcome = (typeof approvalOutcomes)[number];

/** Why somebody who approves may not answer this one, or null when they may: nobody approves their own case or request (APP-3). */
export function selfApproval(
  by: string,
  ownerId: string,
  { requestedBy }: Pick<Approval, 'requestedBy'>,
): string | null {
  if (by === ownerId) return 'approval.own-case';
  return by === requestedBy ? 'approval.own-request' : null;
}

/** answerApproval gives the one answer there is. Throws IllegalTransition `approval.answered` with the state for a second (APP-6). */
export function answerApproval(
  was: Approval,
  outcome: ApprovalOutcome,
  done: { readonly by: string; readonly at: Date; readonly comment: string },
): Approval {
  if (was.state !== 'requested')
    throw new IllegalTransition('approval.answered', 'This has been answered already', was.state);
  const answer = { answeredBy: done.by, answeredAt: done.at, answerComment: done.comment };
  return { ...was, ...answer, state: outcome, version: was.version + 1 };
}
