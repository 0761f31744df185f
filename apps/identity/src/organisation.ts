import { IllegalTransition, RuleBroken, type AgencyType } from '@concordat/contracts';
import { leading, type Administrator } from './membership';

/** An agency of the partnership, as its own register knows it. Names live here and nowhere else (events.md P1). */
export interface Organisation {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly type: AgencyType;
  readonly active: boolean;
  /** Grows by one with every change. What a change was made from is compared with it. */
  readonly version: number;
}

/** An area (hub): the place whose referrals one organisation, its lead, triages. */
export interface Area {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly leadOrg: string;
  readonly active: boolean;
  readonly version: number;
}

/** Who decided last what a record of a register says. What an administrator has decided, no file undoes. */
export type DecidedBy = 'file' | 'administrator';

/** Whether what other contexts are told of an organisation differs: they are not told names or codes. */
export const organisationFactsDiffer = (was: Organisation | undefined, now: Organisation): boolean =>
  !was || was.type !== now.type || was.active !== now.active;

/** Whether what other contexts are told of an area differs. */
export const areaFactsDiffer = (was: Area | undefined, now: Area): boolean =>
  !was || was.leadOrg !== now.leadOrg || was.active !== now.active;

/** The state of an organisation or area, as it is named when a step is not open in it. */
export const stateOf = ({ active }: { active: boolean }): 'open' | 'closed' => (active ? 'open' : 'closed');

/** Which of a record's code and name another record of its register has already, whatever their case. */
export const takenIn = (
  others: readonly { id: string; code: string; name: string }[],
  now: { id: string; code: string; name: string },
): 'code' | 'name' | null => {
  const alike = (a: string, b: string): boolean => a.toLocaleLowerCase('en-GB') === b.toLocaleLowerCase('en-GB');
  const rest = others.filter(({ id }) => id !== now.id);
  if (rest.some(({ code }) => alike(code, now.code))) return 'code';
  return rest.some(({ name }) => alike(name, now.name)) ? 'name' : null;
};

/** altered is `was` with other particulars; the very same when nothing differs, so that nothing is written or told. */
export function altered<T extends { readonly version: number }>(was: T, more: Partial<T>): T {
  const differs = (Object.keys(more) as (keyof T)[]).some((key) => more[key] !== was[key]);
  return differs ? { ...was, ...more, version: was.version + 1 } : was;
}

/**
 * closeOrganisation takes an agency out of the partnership: none of its members may do anything from then on, and what it
 * did stays on record. Throws RuleBroken for the closer's own, and for one that triages for an open area; IllegalTransition.
 */
export function closeOrganisation(was: Organisation, closerOrg: string | null, areas: readonly Area[]): Organisation {
  if (was.id === closerOrg)
    throw new RuleBroken('organisation.own', 'Whoever closes an organisation must not lose their own access by it');
  if (areas.some((area) => area.active && area.leadOrg === was.id))
    throw new RuleBroken(
      'organisation.leads',
      'It triages for an open area. Give the area to another organisation first',
    );
  if (!was.active) throw new IllegalTransition('organisation.closed', 'It is closed already', stateOf(was));
  return altered(was, { active: false });
}

/** reopenOrganisation takes an agency back in. Throws IllegalTransition `organisation.open`. */
export function reopenOrganisation(was: Organisation): Organisation {
  if (was.active) throw new IllegalTransition('organisation.open', 'It is open already', stateOf(was));
  return altered(was, { active: true });
}

/** reopenArea takes an area back in. Throws IllegalTransition `area.open`. */
export function reopenArea(was: Area): Area {
  if (was.active) throw new IllegalTransition('area.open', 'It is open already', stateOf(was));
  return altered(was, { active: true });
}

/**
 * closeArea ends an area: no referral is addressed to it any more, and those that were are triaged to their end. Throws
 * IllegalTransition `area.closed`.
 */
export function closeArea(was: Area): Area {
  if (!was.active) throw new IllegalTransition('area.closed', 'It is closed already', stateOf(was));
  return altered(was, { active: false });
}

/**
 * Throws RuleBroken `area.last` when an administrator of `orgId` would no longer keep the registers once `now` stands among
 * `areas`: the last who do must not give that up by a slip, because nobody could give it back.
 */
export function mustStillLead(
  admin: Pick<Administrator, 'areas'>,
  orgId: string | null,
  areas: readonly Area[],
  now: Area,
): void {
  const leads = (list: readonly Area[]): boolean => leading(admin, list).includes(orgId ?? '');
  const after = areas.map((area) => (area.id === now.id ? now : area));
  if (!after.some(({ active }) => active) || (leads(areas) && !leads(after)))
    throw new RuleBroken('area.last', 'Your organisation would lead no area that you cover. See to another one first');
}
