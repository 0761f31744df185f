import type { Page } from 'playwright-core';
import { Sessions } from '../../apps/web/src/session/sessions';
import type { World } from './world';

/** Makes the session of this browser one whose person signed in then, in milliseconds since 1970. */
export async function signedInAt(world: World, page: Page, at: number | null): Promise<void> {
  const sessions = world.app.running.app.get(Sessions, { strict: false });
  const id = (await page.context().cookies()).find(({ name }) => name === 'concordat')!.value;
  const session = (await sessions.find(id))!;
  await sessions.save(id, { ...session, tokens: { ...session.tokens!, signedInAt: at } });
}
