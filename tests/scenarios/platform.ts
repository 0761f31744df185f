import { eventually } from '@concordat/testing';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServices } from '../../tools/services';
import { demonstrated, startAllInOne } from '../../tools/services/all-in-one';
import { ROOT } from '../../tools/services/built';
import type { Platform } from '../../tools/services/platform';
import { settled } from './curtain';

/** The mode of this run: `npm test` runs every scenario once in each. */
export const mode: 'embedded' | 'services' =
  process.env['CONCORDAT_TEST_MODE'] === 'services' ? 'services' : 'embedded';

/** A running Concordat, and how to end it and remove its folder. */
export interface Scenario {
  readonly platform: Platform;
  readonly end: () => Promise<void>;
}

/**
 * A Concordat of this run's mode on a throw-away folder, with the demonstration's people and, unless asked for, none of its
 * referrals. What runs is what is built, so anything that changed is built first.
 */
export async function platformForScenario(
  options: { readonly demonstration?: boolean; readonly logLevel?: string } = {},
): Promise<Scenario> {
  execFileSync(process.execPath, [join(ROOT, 'tools/build.mjs')]);
  const dataDir = mkdtempSync(join(tmpdir(), 'concordat-scenario-'));
  chmodSync(dataDir, 0o711); // root runs PostgreSQL as another user, who must be able to pass
  if (!options.demonstration) writeFileSync(join(dataDir, 'demonstration.json'), '{}');
  const env = { LOG_LEVEL: options.logLevel ?? 'error', NODE_ENV: 'development' };
  const tidy = (): void => rmSync(dataDir, { recursive: true, force: true });
  try {
    const platform = await (mode === 'embedded'
      ? startAllInOne({ dataDir, env })
      : startServices({ dataDir, port: 0, env }));
    return { platform, end: () => platform.stop().finally(tidy) };
  } catch (error) {
    tidy();
    throw error;
  }
}

let shared: Promise<Scenario> | undefined;

/** The platform that every scenario of a file shares; the first who asks waits until it is there. */
export async function sharedPlatform(): Promise<Platform> {
  shared ??= platformForScenario();
  return (await shared).platform;
}

/** For a file's own `afterAll`, outside of every `describe`. */
export async function endSharedPlatform(): Promise<void> {
  await (await shared)?.end();
}

let demonstration: Promise<Scenario> | undefined;

/** The platform with the demonstration's referrals that the files of `on-one-demonstration` share, at rest when it is given. */
export async function sharedDemonstration(): Promise<Platform> {
  demonstration ??= platformForScenario({ demonstration: true, logLevel: 'trace' }); // the log is looked through
  const { platform } = await demonstration;
  await eventually(() => demonstrated(platform.dataDir), { timeoutMs: 120_000 });
  await settled(platform);
  return platform;
}

/** For a file's own `afterAll`, outside of every `describe`. */
export async function endSharedDemonstration(): Promise<void> {
  await (await demonstration)?.end();
}
