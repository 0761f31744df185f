import { mkdirSync } from 'node:fs';
import { chown, open, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

// POSIX ustar, as far as a backup needs it: plain files and folders. Any `tar` reads it.

const BLOCK = 512;
const READ = 1 << 20;
const LONGEST = 0o77777777777;

/** One thing to put into an archive: a file on the disk, bytes, or an empty folder. */
export type Entry =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly bytes: Buffer }
  | { readonly name: string; readonly folder: true };

/** Every file and folder under `root`, but those that `skip` names (relative, with `/`), in the order of their names. */
export async function* walk(root: string, skip: (name: string) => boolean): AsyncGenerator<Entry> {
  const under = async function* (dir: string): AsyncGenerator<Entry> {
    for (const each of (await readdir(dir, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(dir, each.name);
      const name = relative(root, path).split(sep).join('/');
      if (skip(name)) continue;
      if (each.isDirectory()) {
        yield { name, folder: true };
        yield* under(path);
      } else if (each.isFile()) yield { name, path };
    }
  };
  yield* under(root);
}

/**
 * pack gives the bytes of an archive. A file that goes meanwhile is left out, one that shrinks is filled with zeros and one
 * that grows is cut: PostgreSQL's log of changes sets right what a copy of a running database has torn.
 */
export async function* pack(entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  for await (const entry of entries) {
    if ('folder' in entry) yield header(`${entry.name}/`, 0, true);
    else if ('bytes' in entry) {
      yield header(entry.name, entry.bytes.length, false);
      yield Buffer.concat([entry.bytes, padding(entry.bytes.length)]);
    } else yield* packFile(entry.name, entry.path);
  }
  yield Buffer.alloc(2 * BLOCK);
}

async function* packFile(name: string, path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!file) return;
  try {
    const { size } = await file.stat();
    yield header(name, size, false);
    for (let at = 0; at < size;) {
      const part = Buffer.alloc(Math.min(READ, size - at));
      const { bytesRead } = await file.read(part, 0, part.length, at);
      yield bytesRead === 0 ? part.fill(0) : part.subarray(0, bytesRead);
      at += bytesRead === 0 ? part.length : bytesRead;
    }
    yield padding(size);
  } finally {
    await file.close();
  }
}

const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

function header(name: string, size: number, folder: boolean): Buffer {
  const block = Buffer.alloc(BLOCK);
  let [prefix, rest] = ['', name];
  if (Buffer.byteLength(name) > 100) {
    const cut = name.indexOf('/', name.length - 101);
    [prefix, rest] = [name.slice(0, cut), name.slice(cut + 1)];
    if (cut < 0 || Buffer.byteLength(prefix) > 155) throw new Error('A name is too long for an archive');
  }
  if (size > LONGEST) throw new Error('A file is too large for an archive');
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(rest, 0, 100);
  block.write(octal(folder ? 0o700 : 0o600, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(' '.repeat(8), 148);
  block.write(folder ? '5' : '0', 156);
  block.write('ustar\x0000', 257);
  block.write(prefix, 345, 155);
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
  );
  return block;
}

/**
 * unpack writes the files of an archive under `to`, owned by `owner` where given, and resolves with their number. Nothing is
 * written outside of `to`. Throws when the archive is not whole.
 */
export async function unpack(
  source: AsyncIterable<Buffer>,
  to: string,
  owner?: { uid: number; gid: number },
): Promise<number> {
  const input = new Blocks(source);
  const root = resolve(to);
  let files = 0;
  for (;;) {
    const head = await input.take(BLOCK);
    if (head.every((byte) => byte === 0)) return files;
    const text = (at: number, length: number): string => head.toString('utf8', at, at + length).replace(/\0.*$/s, '');
    const stored = parseInt(text(148, 8), 8);
    const sum = head.reduce((s, byte, i) => s + (i >= 148 && i < 156 ? 32 : byte), 0);
    if (stored !== sum) throw new Error('The archive is not whole');
    const name = [text(345, 155), text(0, 100)].filter(Boolean).join('/');
    const path = resolve(root, name);
    if (path !== root && !path.startsWith(root + sep))
      throw new Error('The archive names a file outside of its folder');
    if (text(156, 1) === '5') await folder(path, owner);
    else if (text(156, 1) === '0' || text(156, 1) === '') {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      await write(path, parseInt(text(124, 12), 8), input, owner);
      files++;
    }
  }
}

async function folder(path: string, owner?: { uid: number; gid: number }): Promise<void> {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (owner) await chown(path, owner.uid, owner.gid);
}

async function write(path: string, size: number, input: Blocks, owner?: { uid: number; gid: number }): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    for (let left = size; left > 0;) {
      const part = await input.take(Math.min(READ, left));
      await file.writeFile(part);
      left -= part.length;
    }
    if (owner) await file.chown(owner.uid, owner.gid);
    await file.sync();
  } finally {
    await file.close();
  }
  await input.take((BLOCK - (size % BLOCK)) % BLOCK);
}

/** Exactly so many bytes of a stream at a time. */
class Blocks {
  private readonly source: AsyncIterator<Buffer>;
  private held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    const parts = [this.held];
    for (let have = this.held.length; have < length;) {
      const { value, done } = (await this.source.next()) as IteratorResult<Buffer, undefined>;
      if (done) throw new Error('The archive is not whole');
      parts.push(value);
      have += value.length;
    }
    const all = parts.length === 1 ? this.held : Buffer.concat(parts);
    this.held = all.subarray(length);
    return all.subarray(0, length);
  }
}

/** Whether a folder is missing or has nothing in it. */
export async function isEmpty(dir: string): Promise<boolean> {
  return !(await stat(dir).catch(() => null)) || (await readdir(dir)).length === 0;
}
