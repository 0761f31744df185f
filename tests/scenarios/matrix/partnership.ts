import { Visitors } from '@concordat-app/all-in-one';
import { callerAt } from '@concordat/testing';
import type { Platform } from '../../../tools/services/platform';
import { Partnership } from '../../web/partnership';
import type { World } from '../../web/world';
import { query } from '../curtain';

/**
 * A running platform as the builders of the pages' tests know it, so that one thing is made in one way. They were written
 * for a world with a browser and ask it for nothing but its people, and now and then a look behind the curtain.
 */
export function partnershipOf(platform: Platform): World {
  const visitors = new Visitors(platform);
  const url = platform.urlOf('');
  const as = (username: string) => callerAt(url, () => visitors.tokenFor(username));
  return new Partnership({
    url,
    as,
    freshlyAs: (username) => callerAt(url, () => new Visitors(platform).tokenFor(username)),
    tokenFor: (username) => visitors.tokenFor(username),
    sql: (text, params) => query(platform, text, params),
  }) as World;
}

/** What somebody posts and must be taken: what it made. */
export async function post(
  world: World,
  who: string,
  path: string,
  body: object = {},
  version?: number,
): Promise<{ readonly id: string; readonly version: number }> {
  const answer = await world.app.as(who).post(path, body, version === undefined ? {} : { version });
  if (answer.status >= 300)
    throw new Error(`${who} ${path} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as { id: string; version: number };
}

/** The version that a record has for somebody who sees it. */
export async function versionAt(world: World, who: string, path: string): Promise<number> {
  return ((await world.app.as(who).get(path)).body as { version: number }).version;
}

/** Bytes that somebody brings to an address which takes uploads. What it made. */
export async function upload(world: World, who: string, path: string, bytes: string): Promise<string> {
  const answer = await fetch(world.app.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await world.app.tokenFor(who)}`,
      ...{ 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
    },
    body: Buffer.from(bytes),
  });
  if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}
