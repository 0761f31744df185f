import { canonicalJson } from '@concordat/ledger';
import { hash } from 'node:crypto';
import type { Decision } from './decision';
import type { DecisionRequest } from './request';

/** What a person says where the rules leave it to one (REVIEW). */
export const answers = ['allow', 'refuse'] as const;
export type Answer = (typeof answers)[number];

/** answered is a REVIEW as a person decided it, with the reasons for which it was left to them. Any other decision stands. */
export const answered = (decision: Decision, answer: Answer): Decision =>
  decision.outcome === 'REVIEW' ? { ...decision, outcome: answer === 'allow' ? 'PERMIT' : 'DENY' } : decision;

/**
 * matterOf is what a person is asked about: from whom to whom, what about whom, for what and on which consent, as a SHA-256 in
 * hexadecimal. Whoever asks, and whether something is to be sent or looked at, is the same matter; anything else is another.
 */
export function matterOf(request: DecisionRequest): string {
  const { sender, recipients, purpose, items, subjects, conditions, method, classification, setting } = request;
  const { consent, publicInterestRef, origin, action, meetingId, statement } = request;
  const matter = {
    ...{ sender, recipients: [...recipients].sort(), purpose, items: [...items].sort(), conditions, method },
    subjects: [...subjects].sort((a, b) => (a.pid < b.pid ? -1 : 1)),
    ...{ classification, setting, consent, action: action ?? 'READ' },
    ...{ publicInterestRef: publicInterestRef ?? null, origin: origin ?? null, meetingId: meetingId ?? null },
    statement: statement ?? null,
  };
  return hash('sha256', canonicalJson(matter), 'hex');
}
