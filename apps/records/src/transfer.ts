import { IllegalTransition, type KeptPart, type TransferState } from '@concordat/contracts';
import type { Consent, Permitted } from './onward-referral';

/** A case on its way to another owner: offered by the one it has, or first asked for by the one it may get. */
export interface Transfer {
  readonly id: string;
  readonly version: number;
  readonly state: TransferState;
  readonly caseId: string;
  readonly reference: string;
  /** The owner's side. */
  readonly fromOrg: string;
  readonly fromId: string;
  readonly toOrg: string | null;
  readonly toId: string | null;
  readonly outsideBody: string | null;
  readonly reason: string;
  readonly keep: KeptPart;
  /** For what it passes on; null for a request that was not agreed to, and for what goes outside. */
  readonly purpose: string | null;
  readonly consent: Consent | null;
  /** The decision by which it was put on offer. Accepting it is decided again. */
  readonly permit: Permitted | null;
  /** When and by whom it was asked for; null when it was offered unasked. */
  readonly requestedAt: Date | null;
  readonly requestReason: string | null;
  readonly offeredAt: Date | null;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  readonly answerReason: string | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
}

export type TransferSide = 'owner' | 'recipient';
export type TransferStep = 'agree' | 'refuse' | 'accept' | 'decline' | 'withdraw';

interface Rule {
  readonly from: readonly TransferState[];
  readonly to: TransferState;
  readonly by: TransferSide;
}

/** The life of a transfer, step by step (acceptance.md §2). */
const STEPS: Readonly<Record<TransferStep, Rule>> = {
  agree: { from: ['requested'], to: 'offered', by: 'owner' },
  refuse: { from: ['requested'], to: 'refused', by: 'owner' },
  accept: { from: ['offered'], to: 'accepted', by: 'recipient' },
  decline: { from: ['offered'], to: 'declined', by: 'recipient' },
  withdraw: { from: ['offered', 'requested'], to: 'withdrawn', by: 'owner' },
};

/** Whether somebody of this side may take a step at all. A request is its asker's to take back, an offer its owner's (TRF-6). */
export const mayTakeStep = (step: TransferStep, side: TransferSide, state: TransferState): boolean =>
  (step === 'withdraw' && state === 'requested' ? 'recipient' : STEPS[step].by) === side;
export const isStepOpen = (step: TransferStep, state: TransferState): boolean => STEPS[step].from.includes(state);

/** What one side sees of a transfer. Why it was done without consent is for those who lead the case to know. */
export function shownTo(side: TransferSide, t: Transfer) {
  const { consent, permit, ...both } = t;
  return { ...both, isa: permit?.isa ?? null, ...(side === 'owner' ? { consent, permit } : {}) };
}

/** takeStep makes a step. Throws IllegalTransition `transfer.not-open` with the state in which the transfer is. */
export function takeStep(
  was: Transfer,
  step: TransferStep,
  done: { readonly by: string; readonly at: Date; readonly reason?: string },
): Transfer {
  if (!isStepOpen(step, was.state))
    throw new IllegalTransition('transfer.not-open', 'This step is not open any more', was.state);
  const next: Transfer = { ...was, state: STEPS[step].to, version: was.version + 1 };
  switch (step) {
    case 'agree':
      // Whoever agrees is the owner, or stands in for them: from here on it is an offer like any other (TRF-9).
      return { ...next, fromId: done.by, offeredAt: done.at };
    case 'withdraw':
      return { ...next, endedAt: done.at, endedBy: done.by };
    default:
      return { ...next, answeredAt: done.at, answeredBy: done.by, answerReason: done.reason ?? null };
  }
}

/** Among whom a picker looks: everybody, one's agency, or one's team, which may reach across agencies (acceptance.md §3). */
export const pickScopes = ['any-agency', 'own-agency', 'own-team'] as const;
export type PickScope = (typeof pickScopes)[number];

/** Who may be given a case directly: a lead's colleagues, and a practitioner's team (acceptance.md §3). */
export type AssignScope = 'own-agency' | 'own-team';
export const assignScope = (roles: readonly string[]): AssignScope =>
  roles.includes('safeguarding-lead') ? 'own-agency' : 'own-team';
