import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { restoreDrill } from '../../tools/backup/drill';
import { ROOT } from '../../tools/services/built';

/** `npm run drill -- restore` in small: the full size is a command (docs/how-to/back-up-and-restore.md). */
it('a lost database is restored, and its ledger accounts for every receipt', async () => {
  execFileSync(process.execPath, [join(ROOT, 'tools/build.mjs')]);
  const said: string[] = [];
  // No change after the base is archived in time, so there is something to miss.
  const result = await restoreDrill({ acts: 40, withinSeconds: 3_600, say: (line) => said.push(line) });
  const { proven, waiting, missing } = result.receipts;
  expect(proven + waiting + missing).toBe(40);
  expect(result.missing).toHaveLength(missing);
  expect(result.checkpoints.contradicted).toBe(0);
  expect(result.checkpoints.held).toBeGreaterThan(0);
  // What had been signed for outside and is not there, the ledger says itself, and goes no further.
  expect(result.signedOutside).toBeGreaterThan(result.entries);
  expect(result.ledgerSays).toBe('ledger: stopped: the log is smaller than a checkpoint kept outside the database');
  expect(missing).toBeGreaterThan(0);
  expect(result.accounted).toBe(true);
}, 180_000);

it('it is restored to a moment: what was done before it is there, what was done after it is named as missing', async () => {
  const result = await restoreDrill({ acts: 20, withinSeconds: 2, toAMoment: true, say: () => undefined });
  expect(result.until).toMatchObject({ before: { receipts: 10, missing: 0 }, after: { receipts: 10, missing: 10 } });
  expect(result.receipts.missing).toBe(10);
  // Acts after the moment had been signed for, and a witness holds the checkpoint: the ledger says so, and goes no further.
  expect(result.ledgerSays).toBe('ledger: stopped: the log is smaller than a checkpoint kept outside the database');
  expect(result.accounted).toBe(true);
}, 180_000);
