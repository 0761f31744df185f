import type { Visitors } from '@concordat-app/all-in-one';
import { newId, roles, type Role } from '@concordat/contracts';
import type { Platform } from '../../../tools/services/platform';
import { query } from '../curtain';

/** The agency that leads what the matrix asks about, and one that takes part in none of it. */
export const AGENCIES = { own: 'Northbank Council', other: 'Northbank Fire and Rescue' } as const;
export type Agency = keyof typeof AGENCIES;

/** A member of staff with one role and no other. */
export interface RoleHolder {
  readonly username: string;
  readonly role: Role;
  readonly agency: Agency;
  readonly orgId: string;
}

/** Makes one member for every role in each of the two agencies, as their administrator, and waits until all are known. */
export async function everyRole(platform: Platform, visitors: Visitors): Promise<RoleHolder[]> {
  const orgs = await query<{ id: string; name: string }>(platform, 'SELECT id, name FROM identity.organisation_detail');
  const areas = await query<{ id: string }>(platform, 'SELECT id FROM identity.area_detail');
  const administrator = visitors.as('lena');
  const made: RoleHolder[] = [];
  for (const [agency, name] of Object.entries(AGENCIES) as [Agency, string][]) {
    const orgId = orgs.find((org) => org.name === name)!.id;
    for (const role of roles) {
      const username = `${agency}-${role}`;
      const body = { orgId, name: username, username, roles: [role], areas: areas.map((a) => a.id) };
      const { status, text } = await administrator.send('POST', '/api/identity/members', { body, key: newId() });
      if (status !== 201) throw new Error(`${username} could not be made: ${status} ${text}`);
      made.push({ username, role, agency, orgId });
    }
  }
  return made;
}
