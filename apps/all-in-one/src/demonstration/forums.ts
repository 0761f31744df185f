import { createHash } from 'node:crypto';
import { demoForums, signInNames } from './demo-files';
import type { Refused, Visitors } from './visitors';

/** setUpForums sets the demonstration forums up through the API, as their coordinators would; asked again, they are there already. */
export async function setUpForums(visitors: Visitors): Promise<void> {
  const people = new Map(signInNames().map((p) => [p.username, p]));
  const idsOf = (usernames: readonly string[]): string[] => usernames.map((name) => people.get(name)?.id ?? name);
  for (const { setUpBy, members, chairs, coordinators, advocate = '', ...settings } of demoForums()) {
    const advocateOrg = people.get(members[advocate]?.[0] ?? '')?.organisationId;
    const body = {
      ...{ ...settings, ...(advocateOrg ? { advocateOrg } : {}) },
      members: Object.entries(members).map(([code, usernames]) => ({
        orgId: people.get(usernames[0] ?? '')?.organisationId ?? code,
        people: idsOf(usernames),
      })),
      ...{ chairs: idsOf(chairs), coordinators: idsOf(coordinators) },
    };
    const key = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
    const answer = await visitors.as(setUpBy).send('POST', '/api/risk/forums', { body, key });
    if (answer.status < 300) continue;
    const { code = '', errors = [] } = answer.body as Refused;
    const fields = errors.map((e) => `${e.field} (${e.code})`).join(', ');
    throw new Error(`A demonstration forum could not be set up: ${answer.status} ${code} ${fields}`.trimEnd());
  }
}
