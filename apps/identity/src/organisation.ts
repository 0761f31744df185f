import type { AgencyType } from '@concordat/contracts';

/** An agency of the partnership, as its own register knows it. Names live here and nowhere else (events.md P1). */
export interface Organisation {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly type: AgencyType;
  readonly active: boolean;
}

/** An area (hub): the place whose referrals one organisation, its lead, triages. */
export interface Area {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly leadOrg: string;
  readonly active: boolean;
}

/** Whether what other contexts are told of an organisation differs: they are not told names or codes. */
export const organisationFactsDiffer = (was: Organisation | undefined, now: Organisation): boolean =>
  !was || was.type !== now.type || was.active !== now.active;

/** Whether what other contexts are told of an area differs. */
export const areaFactsDiffer = (was: Area | undefined, now: Area): boolean =>
  !was || was.leadOrg !== now.leadOrg || was.active !== now.active;
