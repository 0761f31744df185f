import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateTables } from '../../apps/risk/src/state-tables';
import { startAllInOne } from '../services/all-in-one';
import { dependencyGraph } from './dependencies';
import { permissionsTable } from './permissions';
import { schemaDump } from './schema';
import { settingsTable } from './settings';

/** Every generated document, by its name in docs/generated. Starts the platform on a throw-away folder to ask it. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const graph = dependencyGraph();
  graph.catch(() => undefined); // heard below
  const dataDir = mkdtempSync(join(tmpdir(), 'concordat-generate-'));
  chmodSync(dataDir, 0o711); // root runs PostgreSQL as another user, who must be able to pass
  try {
    const platform = await startAllInOne({ dataDir, env: { CONCORDAT_DEMO: 'no', LOG_LEVEL: 'error' } });
    try {
      const served = async (path: string): Promise<string> => {
        const response = await fetch(platform.urlOf(path));
        return `${JSON.stringify(await response.json(), null, 2)}\n`;
      };
      return new Map([
        ['openapi.json', await served('/api/openapi.json')],
        ['asyncapi.json', await served('/api/asyncapi.json')],
        ['schema.sql', await schemaDump(platform.adminUrl)],
        ['permissions.md', permissionsTable()],
        ['settings.md', settingsTable()],
        ['states.md', stateTables()],
        ['dependencies.md', await graph],
      ]);
    } finally {
      await platform.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
