import { mayDo, type AccessLevel, type Action } from '@concordat/contracts';
import { Forbidden, type Actor } from '@concordat/platform';

/** What is known of the caller's part in a record: which organisations hold it, and at what level the caller's takes part. */
export interface Standing {
  /** Organisations whose staff may do this to the record. */
  readonly orgs: readonly string[];
  readonly level?: AccessLevel | null;
  readonly restricted?: boolean;
}

/**
 * mayNot says why `actor` may not do `action` to a record that is visible to it, or null when it may. Pure. Role first, then
 * what the token of a system lets it do, which holds for everything that an act takes, then the organisation's standing; a preview reads nothing but the header.
 */
export function mayNot(actor: Actor, action: Action, standing?: Standing): string | null {
  if (!mayDo(actor.roles, action)) return 'role.not-entitled';
  if (actor.client && !actor.client.may.has(action)) return 'scope.insufficient';
  if (!standing || actor.kind !== 'user') return null;
  if (standing.restricted) return 'record.restricted';
  if (standing.level === 'preview') return 'participation.preview-only';
  if (!actor.orgId || !standing.orgs.includes(actor.orgId)) return 'organisation.not-entitled';
  return null;
}

/** demand throws Forbidden with a reason code unless `actor` may do `action` (acceptance.md: 403, after 404 and 409). */
export function demand(actor: Actor, action: Action, standing?: Standing): void {
  const reason = mayNot(actor, action, standing);
  if (reason) throw new Forbidden(`${action.split('.')[0]}.forbidden`, 'You may not do this', [reason]);
}
