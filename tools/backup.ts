import { isRecipient, newBackupKey } from '@concordat/platform';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { basesIn, prunable } from './backup/catalogue';
import { copyDocuments } from './backup/documents';
import { takeBase } from './backup/take';
import { walk } from './backup/tar';
import { adminUrlOf } from './services/all-in-one';

const USAGE = `npm run backup                          takes a base backup of the installation that runs here
npm run backup -- documents             seals documents that are new since the last base
npm run backup -- prune --keep-days 35  removes what only bases older than that need
npm run backup -- key --out FILE        makes the key that opens backups; keep it off this machine
Read from the environment, as the installation has them:
  CONCORDAT_DATA              the data folder (./data)
  CONCORDAT_BACKUP            the folder of backups, on other storage than the data
  CONCORDAT_BACKUP_RECIPIENT  to whom backups are sealed (age1…), as "key" printed it
A database on a server of your own is backed up there: docs/how-to/back-up-and-restore.md.`;

/** `npm run backup`. Exit: 0 done, 1 it failed, 2 it was asked for something else. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, 'keep-days': { type: 'string', default: '35' } },
  });
  const what = positionals[0] ?? 'base';
  if (what === 'key' && values.out) return makeKey(values.out);
  const { CONCORDAT_BACKUP: given, CONCORDAT_BACKUP_RECIPIENT: recipient = '' } = process.env;
  const keepDays = Number(values['keep-days']);
  if (!given || !isRecipient(recipient) || !['base', 'documents', 'prune'].includes(what) || !(keepDays >= 1)) {
    console.error(USAGE);
    return 2;
  }
  const [folder, dataDir] = [resolve(given), resolve(process.env['CONCORDAT_DATA'] ?? 'data')];
  if (what === 'prune') return prune(folder, keepDays);
  if (what === 'base') {
    const base = await takeBase({ dataDir, adminUrl: adminUrlOf(dataDir), folder, recipient });
    const bytes = Object.values(base.files).reduce((sum, f) => sum + f.bytes, 0);
    console.log(`Base backup ${base.stamp}: ${(bytes / 1e6).toFixed(1)} MB, sealed`);
  }
  const last = basesIn(folder).at(-1);
  const copied = await copyDocuments(dataDir, folder, recipient, last ? new Date(last.startedAt) : new Date(0));
  console.log(`${copied} documents copied`);
  return 0;
}

function makeKey(out: string): number {
  const { recipient, identity } = newBackupKey();
  writeFileSync(out, `# public key: ${recipient}\n${identity}\n`, { mode: 0o600, flag: 'wx' });
  console.log(`CONCORDAT_BACKUP_RECIPIENT=${recipient}`);
  console.log(`${out} opens the backups: keep two copies, in two places, on neither of which the data is.`);
  return 0;
}

async function prune(folder: string, keepDays: number): Promise<number> {
  const wal = join(folder, 'wal');
  const names = existsSync(wal) ? readdirSync(wal) : [];
  const gone = prunable(basesIn(folder), names, new Date(Date.now() - keepDays * 24 * 3600_000));
  // The catalogue entry first: what is half removed must not be taken for a backup.
  for (const stamp of gone.bases) rmSync(join(folder, 'base', stamp, 'backup.json'), { force: true });
  for (const stamp of gone.bases) rmSync(join(folder, 'base', stamp), { recursive: true, force: true });
  for (const name of gone.wal) {
    rmSync(join(wal, name), { force: true });
    rmSync(join(wal, name.replace(/(\.gz)?\.age$/, '.sha256')), { force: true });
  }
  let documents = 0;
  const before = gone.documentsBefore;
  // A document of before the oldest base is in that base, unless it had been erased by then: that is how erasure ends.
  if (before && existsSync(join(folder, 'documents')))
    for await (const entry of walk(join(folder, 'documents'), () => false))
      if ('path' in entry && statSync(entry.path).mtime < before) {
        rmSync(entry.path, { force: true });
        documents++;
      }
  console.log(`Removed ${gone.bases.length} bases, ${gone.wal.length} files of the archive, ${documents} documents`);
  return 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
