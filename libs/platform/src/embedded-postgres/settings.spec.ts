import { contexts } from '@concordat/contracts';
import { DEFAULT_POOL } from '../database';
import { settingsOf } from './settings';

/** Beside its pool: the relay's, and the jobs' with the one that listens for them. */
const OTHERS = 8;
/** Sessions and limits of the web front end, the supervisor, and those that PostgreSQL keeps for its superuser. */
const FOR_ALL = 15;

describe('the embedded database', () => {
  it.each([true, false])('has connections for every context in one process, for tests: %s', (forTests) => {
    const given = settingsOf('1', { forTests }).find((each) => each.startsWith('max_connections='))!;
    expect(Number(given.split('=')[1])).toBeGreaterThanOrEqual(contexts.length * (DEFAULT_POOL + OTHERS) + FOR_ALL);
  });
});
