import { IllegalTransition, type FieldProblem, type OnwardState, type ViewItem } from '@concordat/contracts';

/** Whether the person agreed that this is shared; without a yes, the ground on which it is shared all the same. */
export interface Consent {
  readonly answer: 'given' | 'refused' | 'not-asked';
  readonly ground?: string;
  readonly reason?: string;
}

/** By what a disclosure was permitted: `isa` is `id@version` of the agreement, lines the sender's first. */
export interface Permitted {
  readonly decisionId: string;
  readonly isa: string;
  readonly flowId: string;
  readonly lineIds: readonly string[];
}

/** A referral of a case from one agency to somebody of another. What was agreed at its making never changes. */
export interface OnwardReferral {
  readonly id: string;
  readonly version: number;
  readonly state: OnwardState;
  readonly caseId: string;
  readonly reference: string;
  readonly fromOrg: string;
  readonly fromId: string;
  readonly toOrg: string | null;
  readonly toId: string | null;
  readonly outsideBody: string | null;
  readonly urgency: string;
  readonly reason: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly view: string;
  readonly items: readonly ViewItem[];
  readonly people: readonly string[];
  /** The planned action of the case that it is for. */
  readonly actionId: string | null;
  readonly consent: Consent;
  readonly pack: string;
  /** The decision by which it was permitted, with agreement, flow and lines; null for what goes to nobody here. */
  readonly permit: Permitted | null;
  readonly offeredAt: Date;
  readonly respondBy: Date | null;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  readonly answerReason: string | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly endNote: string | null;
}

export type Side = 'sender' | 'recipient';
export type Step = 'accept' | 'decline' | 'withdraw' | 'complete' | 'expire';

interface Rule {
  readonly from: readonly OnwardState[];
  readonly to: OnwardState;
  readonly by: readonly Side[];
}

/** The life of a referral between agencies, step by step (acceptance.md §1). */
const STEPS: Readonly<Record<Step, Rule>> = {
  accept: { from: ['offered'], to: 'accepted', by: ['recipient'] },
  decline: { from: ['offered'], to: 'declined', by: ['recipient'] },
  withdraw: { from: ['offered', 'accepted'], to: 'withdrawn', by: ['sender', 'recipient'] },
  complete: { from: ['accepted'], to: 'completed', by: ['recipient'] },
  expire: { from: ['offered'], to: 'expired', by: [] },
};
const ANSWERS: readonly Step[] = ['accept', 'decline'];

/** Whether somebody of this side may take a step at all. An offer that is not accepted is declined by its recipient, not withdrawn. */
export const mayTake = (step: Step, side: Side, state: OnwardState): boolean =>
  STEPS[step].by.includes(side) && !(step === 'withdraw' && side === 'recipient' && state === 'offered');

/** Whether the step is open in the present state. */
export const isOpen = (step: Step, state: OnwardState): boolean => STEPS[step].from.includes(state);

/** take makes a step. Throws IllegalTransition `referral.not-open` with the state in which the referral is. */
export function take(
  was: OnwardReferral,
  step: Step,
  done: { readonly by: string | null; readonly at: Date; readonly note?: string },
): OnwardReferral {
  if (!isOpen(step, was.state))
    throw new IllegalTransition('referral.not-open', 'This step is not open any more', was.state);
  const next = { ...was, state: STEPS[step].to, version: was.version + 1 };
  return ANSWERS.includes(step)
    ? { ...next, answeredAt: done.at, answeredBy: done.by, answerReason: done.note ?? null }
    : { ...next, endedAt: done.at, endedBy: done.by, endNote: done.note ?? null };
}

/** What is missing for sharing: consent on record, or a ground and the reason for doing without it. */
export function consentProblems(consent: Partial<Consent> | undefined): FieldProblem[] {
  if (!consent?.answer)
    return [{ field: 'consent', code: 'required', message: 'Say whether the person agreed to this' }];
  if (consent.answer === 'given') return [];
  const missing = (field: string, message: string): FieldProblem => ({ field, code: 'required', message });
  return [
    ...(consent.ground ? [] : [missing('consent.ground', 'Select the ground for sharing without consent')]),
    ...(consent.reason?.trim() ? [] : [missing('consent.reason', 'Enter why you share without consent')]),
  ];
}

/** By when an offer is to be answered. */
export const respondBy = (offeredAt: Date, days: number): Date => new Date(offeredAt.getTime() + days * 86_400_000);

/** What is left to be seen of a referral that has ended without being open any more: the parties, dates and state. */
export function headerOf(r: OnwardReferral) {
  const { id, version, state, fromOrg, fromId, toOrg, toId, outsideBody } = r;
  const { offeredAt, respondBy: by, answeredAt, answeredBy, endedAt, endedBy } = r;
  return {
    ...{ id, version, state, fromOrg, fromId, toOrg, toId, outsideBody },
    ...{ offeredAt, respondBy: by, answeredAt, answeredBy, endedAt, endedBy },
  };
}

/** What the recipient of an open offer is shown: never what is in the case (REF-1). */
export function previewOf(r: OnwardReferral) {
  const { reference, urgency, reason, purpose, legalBasis, view, items, permit } = r;
  return {
    ...headerOf(r),
    ...{ reference, urgency, reason, purpose, legalBasis, view, items, isa: permit?.isa ?? null },
    people: r.people.length,
    ...(r.state === 'accepted' ? { caseId: r.caseId } : {}),
  };
}

/** What one side sees of a referral. The sender sees all of what they sent; an ended offer is a header to its recipient. */
export function shownTo(side: Side, r: OnwardReferral) {
  if (side === 'recipient') return isEnded(r.state) ? headerOf(r) : previewOf(r);
  const { caseId, actionId, consent, pack, permit, answerReason, endNote } = r;
  return { ...previewOf(r), caseId, actionId, consent, pack, permit, answerReason, endNote };
}

const isEnded = (state: OnwardState): boolean => state !== 'offered' && state !== 'accepted';
