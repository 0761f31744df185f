import type { Action, Role } from './permissions';

/** A named set of actions that an agency's own system may be given, and the role that its account needs for them. */
export interface Scope {
  /** For whoever gives it. */
  readonly says: string;
  readonly role: Role;
  readonly actions: readonly Action[];
}

/**
 * What API clients can be given. A scope narrows: the client's account still needs the role, and each record must still be
 * visible to its agency. What only a person may decide (ratings, signatures, access in an emergency) is in none.
 */
export const scopes = {
  'directory.read': {
    says: 'Read which agencies and areas there are',
    role: 'agency-representative',
    actions: ['session.view', 'organisation.list'],
  },
  'referrals.make': {
    says: 'Make referrals, answer questions about them and withdraw them',
    role: 'practitioner',
    actions: [
      'referral.draft',
      'referral.discard',
      'referral.submit',
      'referral.return-information',
      'referral.withdraw',
    ],
  },
  'referrals.read': {
    says: 'Read the referrals that the agency made or received',
    role: 'practitioner',
    actions: ['referral.view', 'referral.list'],
  },
  'cases.read': {
    says: 'Read cases that the agency takes part in, as far as agreements allow',
    role: 'practitioner',
    actions: ['case.view', 'case.list'],
  },
  'access-logs.read': {
    says: 'Read who has looked at cases, together with the scope to read the cases',
    role: 'safeguarding-lead',
    actions: ['case.view-access-log'],
  },
  'chronology.record': {
    says: 'Record what happened in the chronology of a case',
    role: 'practitioner',
    actions: ['chronology.record'],
  },
  'conference-actions.report': {
    says: 'List the agency’s actions from meetings and report progress',
    role: 'agency-representative',
    actions: ['conference-action.list', 'conference-action.advance', 'conference-action.advance-together'],
  },
  'receipts.read': {
    says: 'Ask for the proof that an act of its own is in the ledger',
    role: 'agency-representative',
    actions: ['receipt.read'],
  },
  'webhooks.manage': {
    says: 'Manage the agency’s webhooks: where they go, their keys, what is sent again',
    role: 'integration',
    actions: [
      ...(['webhook.list', 'webhook.view', 'webhook.register', 'webhook.change', 'webhook.switch'] as const),
      ...(['webhook.change-key', 'webhook.change-secret', 'webhook.test', 'webhook.replay'] as const),
    ],
  },
} as const satisfies Record<string, Scope>;

export type ScopeName = keyof typeof scopes;
export const scopeNames = Object.keys(scopes) as readonly ScopeName[];

/** Whether a text names a scope. */
export const isScope = (text: string): text is ScopeName => Object.hasOwn(scopes, text);

/** The actions of several scopes together. What is no scope adds nothing. */
export const actionsOf = (names: readonly string[]): ReadonlySet<Action> =>
  new Set(names.filter(isScope).flatMap((name): readonly Action[] => scopes[name].actions));

/** The roles that an account needs for several scopes, each once. */
export const rolesOf = (names: readonly ScopeName[]): Role[] => [
  ...new Set(names.map((name): Role => scopes[name].role)),
];

/** The scopes that let an action be done, for whoever reads the API's description. */
export const scopesFor = (action: Action): ScopeName[] =>
  scopeNames.filter((name) => (scopes[name].actions as readonly Action[]).includes(action));
