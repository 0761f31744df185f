import { sealBytes } from '@concordat/platform';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { walk } from './tar';

/**
 * copyDocuments seals every document that the folder of backups does not have yet and that is newer than `since`, and
 * resolves with their number. A document never changes under its name. Between two bases this is what keeps them.
 */
export async function copyDocuments(dataDir: string, folder: string, recipient: string, since: Date): Promise<number> {
  const documents = join(dataDir, 'documents');
  if (!existsSync(documents)) return 0;
  let copied = 0;
  for await (const entry of walk(documents, (name) => name.endsWith('.part'))) {
    if (!('path' in entry)) continue;
    const to = join(folder, 'documents', `${entry.name}.age`);
    if (existsSync(to)) continue;
    const found = await stat(entry.path).catch(() => null); // erased meanwhile
    if (!found || found.mtime < since) continue;
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    const sealed = await sealBytes(recipient, await readFile(entry.path));
    const aside = `${to}.${process.pid}.part`;
    const file = openSync(aside, 'w', 0o600);
    for (let at = 0; at < sealed.length;) at += writeSync(file, sealed, at);
    fsyncSync(file);
    closeSync(file);
    renameSync(aside, to);
    copied++;
  }
  return copied;
}
