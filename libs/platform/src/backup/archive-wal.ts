import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sealBytes } from './age';

/**
 * PostgreSQL's archive_command: `node archive-wal.js <path> <name> <folder> <recipient>`. Ends with 0 only when the file is
 * sealed and on the disk. It never writes over one that is there: the same file again is well, another is refused. Needs
 * nothing but Node, because it runs as the server's user, who may not be able to read where Concordat is installed.
 */
export async function archiveWal(path: string, name: string, folder: string, recipient: string): Promise<void> {
  const plain = readFileSync(path);
  const digest = createHash('sha256').update(plain).digest('hex');
  const [file, noted] = [join(folder, `${name}.gz.age`), join(folder, `${name}.sha256`)];
  if (existsSync(file)) {
    // The server died after the last time and before it noted it.
    if (readFileSync(noted, 'utf8').trim() === digest) return;
    throw new Error(`${name} is in the archive already, and is another`);
  }
  keep(noted, Buffer.from(`${digest}\n`));
  keep(file, await sealBytes(recipient, gzipSync(plain, { level: 1 })));
  const directory = openSync(folder, 'r');
  fsyncSync(directory);
  closeSync(directory);
}

/** Whole and on the disk, or not there. */
function keep(path: string, bytes: Buffer): void {
  const aside = `${path}.${process.pid}.part`;
  const file = openSync(aside, 'w', 0o600);
  writeAll(file, bytes);
  fsyncSync(file);
  closeSync(file);
  renameSync(aside, path);
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

if (process.argv[1] === __filename) {
  const [path = '', name = '', folder = '', recipient = ''] = process.argv.slice(2);
  archiveWal(path, name, folder, recipient).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
