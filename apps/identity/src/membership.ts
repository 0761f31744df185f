import { IllegalTransition, nameId, RuleBroken, type MembershipChanged, type Role } from '@concordat/contracts';

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
  readonly areas: readonly string[];
}

/** The state of a membership, as it is named when a step is not open in it. */
export const stateOf = (membership: Membership): 'active' | 'revoked' => (membership.active ? 'active' : 'revoked');

/**
 * The organisations whose administrators may administer the members of `orgId`: its own; and those that lead an area which
 * the administrator covers, because small agencies have no administrator of their own.
 */
export const administering = (
  orgId: string,
  admin: Pick<Administrator, 'areas'>,
  leads: readonly { id: string; leadOrg: string; active?: boolean }[],
): string[] => [orgId, ...leading(admin, leads)];

/** The organisations that lead an open area which the administrator covers: theirs keep the registers of the partnership. */
export const leading = (
  admin: Pick<Administrator, 'areas'>,
  areas: readonly { id: string; leadOrg: string; active?: boolean }[],
): string[] => areas.filter((a) => a.active !== false && admin.areas.includes(a.id)).map((a) => a.leadOrg);

/**
 * grant makes somebody a member, or a member again. `was` is an earlier membership of the same organisation, if any.
 * Throws RuleBroken (see `withinReach`), IllegalTransition `membership.active`.
 */
export function grant(
  admin: Administrator,
  who: { userId: string; orgId: string },
  part: Part,
  was: Membership | undefined,
): Membership {
  withinReach(admin, who.userId, was?.active ? was.areas : [], part.areas);
  if (was?.active) throw new IllegalTransition('membership.active', 'This person is a member already', stateOf(was));
  return { ...who, ...part, active: true, mayReceive: was?.mayReceive ?? true, version: (was?.version ?? 0) + 1 };
}

/** change gives a member other roles or areas. Throws RuleBroken (see `withinReach`), IllegalTransition `membership.revoked`. */
export function change(admin: Administrator, was: Membership, part: Part): Membership {
  withinReach(admin, was.userId, was.areas, part.areas);
  mustBeActive(was);
  return { ...was, ...part, version: was.version + 1 };
}

/**
 * revoke ends a membership. Roles and areas are kept, for whoever asks later what they were; that no area of the
 * administrator's own is needed is on purpose, because whoever leaves must be stopped by whoever is there.
 */
export function revoke(admin: Administrator, was: Membership): Membership {
  notOneself(admin, was.userId);
  mustBeActive(was);
  return { ...was, active: false, version: was.version + 1 };
}

function mustBeActive(was: Membership): void {
  if (!was.active) throw new IllegalTransition('membership.revoked', 'This membership has been revoked', stateOf(was));
}

/** Separation of duties: nobody decides what they themselves may do. */
function notOneself(admin: Administrator, userId: string): void {
  if (admin.id === userId)
    throw new RuleBroken('membership.own', 'You cannot change your own membership. Ask another administrator');
}

/** Nobody administers themselves, and nobody gives or takes an area that they do not cover. */
function withinReach(admin: Administrator, userId: string, before: readonly string[], after: readonly string[]): void {
  notOneself(admin, userId);
  const moved = [...before.filter((a) => !after.includes(a)), ...after.filter((a) => !before.includes(a))];
  if (!moved.every((a) => admin.areas.includes(a)))
    throw new RuleBroken('membership.area-not-yours', 'You can give and take only areas that you cover yourself');
}

/** Somebody's place in an organisation, as far as others decide by it. */
export interface Standing {
  readonly team: string | null;
  readonly manager: string | null;
}

/** A team by its name, which reaches across organisations: the same name is the same team. The id tells nobody the name. */
export const teamId = (team: string): string => nameId(`team/${team}`);

/** What other contexts are told of a membership: ids and codes. */
export const membershipChanged = (m: Membership, subject: string, place: Standing): MembershipChanged => ({
  ...{ userId: m.userId, subject, orgId: m.orgId, roles: [...m.roles], areas: [...m.areas] },
  ...{ active: m.active, mayReceive: m.mayReceive },
  ...(place.team === null ? {} : { teamId: teamId(place.team) }),
  ...(place.manager === null ? {} : { managerId: place.manager }),
});

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
