import type { Actor } from '@concordat/platform';
import type { Content } from './content';

/** Steps that a referral may take after it was received, by the end of its path over HTTP. */
export const TRIAGE = {
  rate: 'ratings',
  assign: 'assignment',
  note: 'notes',
  request: 'information-requests',
  answer: 'information-returns',
  decide: 'decisions',
  feedback: 'feedback',
  reopen: 'reopenings',
  withdraw: 'withdrawals',
} as const;
export type TriageStep = keyof typeof TRIAGE;

/** One thing that somebody does. The same steps can be taken over HTTP and in bulk. */
export type Step =
  | { readonly do: 'submit'; readonly by: Actor; readonly content: Content }
  | { readonly do: TriageStep; readonly by: Actor; readonly body: Readonly<Record<string, unknown>> }
  | { readonly do: 'view' | 'list' | 'view-case' | 'list-cases'; readonly by: Actor }
  | { readonly do: 'search'; readonly by: Actor; readonly q: string }
  | { readonly do: 'join' | 'leave'; readonly by: Actor; readonly org: string; readonly level?: string };

/** Whatever a step is about: a referral, and the case that it opened. */
export interface Subject {
  id: string;
  version: number;
  caseId: string | null;
}

/** Takes steps, one after another, either way. */
export interface Taker {
  take(subject: Subject, step: Step): Promise<void>;
}
