import { actions, type Action } from '@concordat/contracts';
import { sources } from './sources';

/** Actions that no test names, each with the reason why not. Anything else must be seen in the acts of some test. */
const NOT_NAMED: Readonly<Partial<Record<Action, string>>> = {};

/** A test names an action where it looks at acts, at entries of the ledger, or at a line of the trail. */
const LOOKS = /\bacts\b|\btrail\b|audit|\bact\b|entries|ledger/i;

describe('audit coverage', () => {
  const tests = sources(['apps', 'libs', 'tests', 'tools'], (path) => /\.(spec|contract|testing)\.ts$/.test(path))
    .concat(
      sources(
        ['tools/demo', 'tests/scenarios', 'tests/web'],
        (path) => /\.ts$/.test(path) && !/\.spec\.ts$/.test(path),
      ),
    )
    .filter(({ path, text }) => path !== 'tests/architecture/audited-actions.spec.ts' && LOOKS.test(text));
  const named = new Set(actions.filter((action) => tests.some(({ text }) => text.includes(`'${action}'`))));

  it('sees every action in the acts of some test', () => {
    expect(actions.filter((action) => !named.has(action) && !(action in NOT_NAMED))).toEqual([]);
  });

  it('excuses no action that is seen after all', () => {
    expect(Object.keys(NOT_NAMED).filter((action) => named.has(action as Action))).toEqual([]);
  });

  it('finds every action in the code that does it', () => {
    const code = sources(['apps', 'libs'], (path) => /\.ts$/.test(path) && !/\.(spec|testing|contract)\.ts$/.test(path))
      .filter(({ path }) => path !== 'libs/contracts/src/permissions.ts')
      .map((s) => s.text)
      .join('\n');
    expect(actions.filter((action) => !code.includes(`'${action}'`))).toEqual([]);
  });
});
