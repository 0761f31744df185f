import { parseCheckpoint, witnessedPath, type Witnessed } from '@concordat/ledger';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What a witness remembers: of each origin the newest checkpoint that it has cosigned, in a file of its own. A file is whole
 * or the one before it, and on the disk before `keep` returns: a witness that forgets can be made to cosign two histories.
 */
export class WitnessStore {
  private readonly lock: string;

  /** @throws Error when another process keeps this folder. */
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.lock = join(folder, 'lock');
    this.seize();
  }

  /** What was cosigned last for `origin`. @throws LedgerError when the file is damaged: it is not to be guessed. */
  last(origin: string): Witnessed | undefined {
    const note = this.shown(witnessedPath(origin));
    return note === undefined ? undefined : parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1));
  }

  /** The cosigned checkpoint at `<hash>/checkpoint`, as monitors ask for it. */
  shown(path: string): string | undefined {
    if (!/^[0-9a-f]{64}\/checkpoint$/.test(path)) return undefined;
    const file = join(this.folder, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  keep(origin: string, note: string): void {
    const file = join(this.folder, witnessedPath(origin));
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.new`;
    const handle = openSync(draft, 'w', 0o600);
    try {
      writeSync(handle, note);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
    for (const folder of [dirname(file), this.folder]) syncFolder(folder);
  }

  close(): void {
    rmSync(this.lock, { force: true });
  }

  /** Two processes over one folder would each compare with what the other is about to replace. */
  private seize(): void {
    if (existsSync(this.lock) && isAlive(Number(readFileSync(this.lock, 'utf8'))))
      throw new Error(`${this.folder} is kept by another witness that is running`);
    rmSync(this.lock, { force: true });
    const handle = openSync(this.lock, 'wx', 0o600);
    writeSync(handle, String(process.pid));
    closeSync(handle);
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && pid !== process.pid && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** So that the new name is on the disk too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
