import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeFileSync } from 'node:fs';
import { restoreDrill } from './backup/drill';

const USAGE = `npm run drill -- restore [--acts 1000] [--within 10] [--to-a-moment] [--out FILE]
  A throw-away installation is backed up, goes on for so many acts, loses its database and is restored. Then its own ledger
  says what is there and what is missing, against checkpoints and receipts that were kept outside.
  --acts    acknowledged referrals after the base backup
  --within  seconds after which a change is in the archive at the latest
  --to-a-moment  brings it back to a time in the middle of the acts: those before it must be there, those after it not
Exit: 0 the ledger accounts for every receipt, 1 it does not, 2 it was asked for something else.`;

/** `npm run drill`. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ acts: { type: 'string', default: '1000' }, within: { type: 'string', default: '10' } },
      ...{ out: { type: 'string' }, 'to-a-moment': { type: 'boolean', default: false } },
    },
  });
  const [acts, withinSeconds] = [Number(values.acts), Number(values.within)];
  if (positionals[0] !== 'restore' || !(acts >= 1) || !(withinSeconds >= 1)) {
    console.error(USAGE);
    return 2;
  }
  const result = await restoreDrill({
    acts,
    withinSeconds,
    toAMoment: values['to-a-moment'],
    say: (line) => console.log(line),
  });
  if (values.out) writeFileSync(resolve(values.out), `${JSON.stringify(result, null, 2)}\n`);
  return result.accounted ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
