import { createHash } from 'node:crypto';

/** A file of an archive, in pieces. */
export interface ZipEntry {
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;
}

/** What was written of one file. */
export interface Written {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of its content, base64. */
  readonly sha256: string;
}

/** zipOf writes a ZIP archive piece by piece, so that its length is not bounded by memory; `written` is told of each file. */
export async function* zipOf(
  entries: AsyncIterable<ZipEntry>,
  at: Date,
  written: (file: Written) => void,
): AsyncGenerator<Uint8Array> {
  const { Zip, ZipDeflate } = await import('fflate'); // 8 MB that nobody needs before the first archive
  const ready: Uint8Array[] = [];
  let trouble: Error | null = null;
  const zip = new Zip((error, data) => {
    if (error) trouble = error;
    else ready.push(data);
  });
  function* drain(): Generator<Uint8Array> {
    if (trouble) throw trouble;
    yield* ready.splice(0);
  }
  for await (const { name, pieces } of entries) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = at;
    zip.add(file);
    const digest = createHash('sha256');
    let bytes = 0;
    for await (const piece of pieces) {
      const data = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
      digest.update(data);
      bytes += data.length;
      file.push(data);
      yield* drain();
    }
    file.push(new Uint8Array(), true);
    written({ name, bytes, sha256: digest.digest('base64') });
    yield* drain();
  }
  zip.end();
  yield* drain();
}
