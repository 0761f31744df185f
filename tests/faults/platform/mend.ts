import type { Platform } from './platform';

/** mend ends every fault there may still be: ways are free, processes are awake, and what is down is started. */
export async function mend(platform: Platform): Promise<void> {
  for (const proxy of [...platform.proxies.values()].flat()) proxy.end();
  for (const part of platform.parts.values()) part.resume();
  for (const child of platform.children.values()) child.spawn();
  await Promise.all([...platform.children.values()].map((child) => child.ready()));
}
