import type { Role } from '@concordat/contracts';

/** One person's part in one organisation. A person may have several; roles and areas belong to each, not to the person. */
export interface Membership {
  readonly userId: string;
  readonly orgId: string;
  readonly roles: readonly Role[];
  readonly areas: readonly string[];
  readonly active: boolean;
  /** Whether referrals may be addressed to this account; a system account's may not (acceptance.md REF). */
  readonly mayReceive: boolean;
  /** Grows by one with every change. What a change was made from is compared with it. */
  readonly version: number;
}

/** What an administrator asks for: what somebody shall be from now on. */
export interface Part {
  readonly roles: readonly Role[];
  readonly areas: readonly string[];
}

/** Who asks: enough of an actor to decide whether they may administer. */
export interface Administrator {
  readonly id: string;
  readonly orgId: string | null;
  readonly areas: readonly string[];
}

/** Why something was not done: a stable code, and whether the state or a rule forbids it. */
export interface Refusal {
  readonly refused: string;
  readonly because: 'state' | 'rule';
}

export const isRefusal = (result: Membership | Refusal): result is Refusal => 'refused' in result;

/** The state of a membership, as it is named when a step is not open in it. */
export const stateOf = (membership: Membership): 'active' | 'revoked' => (membership.active ? 'active' : 'revoked');

/**
 * The organisations whose members `admin` may administer: their own; and every one, when their organisation leads an area
 * that they cover, because small agencies have no administrator of their own. `null` means every one.
 */
export function administered(
  admin: Administrator,
  leads: readonly { areaId: string; leadOrg: string }[],
): readonly string[] | null {
  const leading = leads.some((a) => a.leadOrg === admin.orgId && admin.areas.includes(a.areaId));
  if (leading) return null;
  return admin.orgId === null ? [] : [admin.orgId];
}

/** grant makes somebody a member, or a member again. `was` is an earlier membership of the same organisation, if any. */
export function grant(
  admin: Administrator,
  who: { userId: string; orgId: string },
  part: Part,
  was: Membership | undefined,
): Membership | Refusal {
  if (was?.active) return { refused: 'membership.active', because: 'state' };
  const refusal = outsideReach(admin, who.userId, was?.areas ?? [], part.areas);
  if (refusal) return refusal;
  return { ...who, ...part, active: true, mayReceive: was?.mayReceive ?? true, version: (was?.version ?? 0) + 1 };
}

/** change gives a member other roles or areas. */
export function change(admin: Administrator, was: Membership, part: Part): Membership | Refusal {
  const refusal = outsideReach(admin, was.userId, was.areas, part.areas);
  if (refusal) return refusal;
  if (!was.active) return { refused: 'membership.revoked', because: 'state' };
  return { ...was, ...part, version: was.version + 1 };
}

/** revoke ends a membership. Roles and areas are kept, for whoever asks later what they were. */
export function revoke(admin: Administrator, was: Membership): Membership | Refusal {
  if (admin.id === was.userId) return { refused: 'membership.own', because: 'rule' };
  if (!was.active) return { refused: 'membership.revoked', because: 'state' };
  return { ...was, active: false, version: was.version + 1 };
}

/** Nobody administers themselves, and nobody gives or takes an area that they do not cover (separation of duties). */
function outsideReach(
  admin: Administrator,
  userId: string,
  before: readonly string[],
  after: readonly string[],
): Refusal | null {
  if (admin.id === userId) return { refused: 'membership.own', because: 'rule' };
  const moved = [...before.filter((a) => !after.includes(a)), ...after.filter((a) => !before.includes(a))];
  return moved.every((a) => admin.areas.includes(a)) ? null : { refused: 'membership.area-not-yours', because: 'rule' };
}

/** Whether what other contexts are told of a membership differs. The order of roles and areas means nothing. */
export function membershipFactsDiffer(was: Membership | undefined, now: Omit<Membership, 'version'>): boolean {
  if (!was) return true;
  const same = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === b.length && [...a].sort().join() === [...b].sort().join();
  return (
    was.active !== now.active ||
    was.mayReceive !== now.mayReceive ||
    !same(was.roles, now.roles) ||
    !same(was.areas, now.areas)
  );
}
