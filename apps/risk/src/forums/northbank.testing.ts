import { newId } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Partnership {
  readonly organisations: readonly { readonly id: string; readonly code: string }[];
  readonly people: readonly { readonly id: string; readonly username: string }[];
}
interface DemoForum {
  readonly setUpBy: string;
  readonly advocate: string;
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly chairs: readonly string[];
  readonly coordinators: readonly string[];
}
const read = <T>(name: string): T => parse(readFileSync(`packs/demo/${name}`, 'utf8')) as T;
const partnership = read<Partnership>('partnership.yaml');
const person = (username: string): string => partnership.people.find((p) => p.username === username)!.id;

/** The MARAC of the demonstration as the API takes it. No cut-off and no day for research to be back, so that a test can go on at once. */
export function northbankMarac(more: object = {}): Record<string, unknown> {
  const { setUpBy: _by, members, chairs, coordinators, advocate, ...rest } = read<DemoForum[]>('forums.yaml')[0]!;
  return {
    ...rest,
    advocateOrg: partnership.organisations.find((o) => o.code === advocate)!.id,
    members: Object.entries(members).map(([code, people]) => ({
      orgId: partnership.organisations.find((o) => o.code === code)!.id,
      people: people.map(person),
    })),
    ...{ chairs: chairs.map(person), coordinators: coordinators.map(person), cutOffDays: 0, researchDays: 0 },
    ...more,
  };
}

/** Sets it up as its coordinator does, and gives its id. */
export async function forumSetUp(app: TestApp, more: object = {}): Promise<string> {
  const made = await app
    .as('idris')
    .post<{ id: string; errors?: object }>('/api/risk/forums', northbankMarac(more), { key: newId() });
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return made.body.id;
}

/** A Channel panel: the council chairs and coordinates it, and it keeps to no repeat. */
export const northbankChannel = (): Record<string, unknown> =>
  northbankMarac({
    ...{ kind: 'channel', title: 'Northbank Channel panel', chairs: [person('amina')], timeBoxMinutes: 30 },
    ...{ repeat: undefined, advocateOrg: undefined },
  });

/** A community MARAC, which keeps to no repeat and sends cases solely about domestic abuse to the MARAC. */
export const northbankCcm = (): Record<string, unknown> =>
  northbankMarac({ kind: 'ccm', title: 'Northbank community MARAC', repeat: undefined, advocateOrg: undefined });

/** A hub, whose work on a case runs side by side. */
export const northbankHub = (): Record<string, unknown> =>
  northbankMarac({ kind: 'mash', title: 'Northbank hub', repeat: undefined, advocateOrg: undefined });
