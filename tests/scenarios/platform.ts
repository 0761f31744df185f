import { mkdtempSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServices } from '../../tools/services';
import { startAllInOne } from '../../tools/services/all-in-one';
import type { Platform } from '../../tools/services/platform';

/** The mode of this run: `npm test` runs every scenario once in each. */
export const mode: 'embedded' | 'services' =
  process.env['CONCORDAT_TEST_MODE'] === 'services' ? 'services' : 'embedded';

/** A Concordat of this run's mode on a throw-away folder, with the demonstration's people but none of its referrals. */
export async function platformForScenario(): Promise<{ platform: Platform; end: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'concordat-scenario-'));
  chmodSync(dataDir, 0o711);
  writeFileSync(join(dataDir, 'demonstration.json'), '{}');
  const env = { LOG_LEVEL: 'error', NODE_ENV: 'development' };
  const platform = await (mode === 'embedded'
    ? startAllInOne({ dataDir, env })
    : startServices({ dataDir, port: 0, env }));
  return {
    platform,
    end: async () => {
      await platform.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
