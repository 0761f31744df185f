import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { World } from '../world';

const FOLDER = join(__dirname, '..');

/**
 * Loads every `of`-th suite of journeys, beginning with the `part`-th, to run one after another on one platform: to load
 * and start one for each took longer than most journeys do. Each still runs by itself when jest is asked for its file.
 * What is in `../alone` says what nobody else has done yet, or takes away what others work with.
 */
export function journeys(part: number, of: number): void {
  World.share();
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.spec.ts'))
    .filter((_, i) => i % of === part - 1)
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    .forEach((name) => require(join(FOLDER, name)));
  afterAll(() => World.endShared());
}
