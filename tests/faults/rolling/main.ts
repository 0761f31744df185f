import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rollOver } from './rolling';
import { checkOut, present } from './version';

const USAGE = `npm run rolling -- [--from REF] [--clients 4] [--out FILE] [--keep]
  All services under load, upgraded as docs/how-to/upgrade.md says, each process beside the one that it follows.
  --from     a commit whose build serves first, on its own schema; what stands here, twice, without
  --clients  people who refer, rate and accept; one more looks at pages
  --out      where the result goes, in JSON
  --keep     keeps the folder with the logs
Exit: 0 everything acknowledged is there once and nobody was cut off, 1 not, 2 arguments that make no sense.`;

/** `npm run rolling`. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...{ from: { type: 'string' }, out: { type: 'string' }, keep: { type: 'boolean' } },
      clients: { type: 'string', default: '4' },
    },
  });
  const clients = Number(values.clients);
  if (!(Number.isInteger(clients) && clients >= 1 && clients <= 64)) {
    console.error(USAGE);
    return 2;
  }
  const dir = mkdtempSync(join(tmpdir(), 'concordat-rolling-'));
  chmodSync(dir, 0o711);
  const before = values.from ? checkOut(values.from, dir) : null;
  try {
    const say = (line: string): void => console.log(`${new Date().toISOString()} ${line}`);
    const result = await rollOver({
      dir: join(dir, 'data'),
      from: before ?? present('old'),
      to: present(),
      clients,
      say,
    });
    const text = JSON.stringify(result, null, 2);
    console.log(text);
    if (values.out) writeFileSync(resolve(values.out), `${text}\n`);
    return result.green ? 0 : 1;
  } finally {
    before?.leave();
    if (values.keep) console.log(`Kept: ${dir}`);
    else rmSync(dir, { recursive: true, force: true });
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(error instanceof TypeError && 'code' in error ? 2 : 1);
  },
);
