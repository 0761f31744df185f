import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bringBack, notesIn } from './backup/bring-back';

const USAGE = `npm run restore -- --from FOLDER --key FILE --to FOLDER [--until TIME] [--checkpoints FILE]
  --from         the folder of backups
  --key          what opens them (AGE-SECRET-KEY…), brought here for this and taken away again
  --to           the new data folder: missing, or empty
  --until        a moment such as 2026-11-29T10:15:00Z; as far as the archive reaches without
  --checkpoints  the ledger's newest checkpoint as somebody else kept it: a note, or lines of {at, note}
Then start with CONCORDAT_DATA on the new folder. The ledger says at its start, before it signs anything, whether it is
smaller than that checkpoint. See docs/how-to/back-up-and-restore.md for what to do then, and take a base backup at once.`;

/** `npm run restore`. Exit: 0 done, 1 it failed, 2 it was asked for something else. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...{ from: { type: 'string' }, key: { type: 'string' }, to: { type: 'string' } },
      ...{ until: { type: 'string' }, checkpoints: { type: 'string' } },
    },
  });
  const { from, key, to, until, checkpoints } = values;
  if (!from || !key || !to || (until && Number.isNaN(Date.parse(until)))) {
    console.error(USAGE);
    return 2;
  }
  await bringBack({
    folder: resolve(from),
    keyFile: readFileSync(key, 'utf8'),
    dataDir: resolve(to),
    until: until ? new Date(until) : null,
    checkpoints: checkpoints ? notesIn(checkpoints) : [],
    say: (line) => console.log(line),
  });
  return 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
