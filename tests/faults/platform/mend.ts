import type { Platform } from './platform';

/**
 * mend ends every fault there may still be: ways are free, processes are awake, and what is down is started. Resolves with
 * what does not become well again within the time, or null.
 */
export async function mend(platform: Platform, patienceMs: number): Promise<string | null> {
  for (const proxy of [...platform.proxies.values()].flat()) proxy.end();
  for (const part of platform.parts.values()) part.resume();
  for (const child of platform.children.values()) child.spawn();
  const settled = await Promise.allSettled([...platform.children.values()].map((child) => child.ready(patienceMs)));
  return settled.flatMap((s) => (s.status === 'rejected' ? [(s.reason as Error).message] : [])).join('; ') || null;
}
