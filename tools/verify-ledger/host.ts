import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** What the verifier needs of the machine beside `fetch`: its specs give it files from memory. */
export interface Host {
  print(text: string): void;
  /** A whole small file. */
  read(path: string): Buffer;
  /** A file of any length, piece by piece. Pieces MUST NOT be reused while the next is read. */
  chunks(path: string): Iterable<Buffer>;
}

function* chunks(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const chunk = Buffer.alloc(1 << 20);
      const read = readSync(file, chunk);
      if (read === 0) return;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}

/** The real machine. */
export const machine: Host = { print: (text) => console.log(text), read: (path) => readFileSync(path), chunks };
