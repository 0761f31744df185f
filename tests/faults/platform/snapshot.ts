import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A copy of everything built, for the processes under test: they are started again and again, and must be the same product
 * each time, whoever builds meanwhile. It lies in the repository's cache, where node_modules is found from.
 */
export class Snapshot {
  private readonly folder: string;

  /** @param root the repository */
  constructor(root: string) {
    const all = join(root, '.cache', 'faults');
    mkdirSync(all, { recursive: true });
    for (const name of readdirSync(all)) if (!isRunning(Number(name))) rmSync(join(all, name), { recursive: true });
    this.folder = join(all, String(process.pid));
    mkdirSync(this.folder);
    cpSync(join(root, 'dist'), join(this.folder, 'dist'), { recursive: true });
    for (const name of ['packs', 'package.json']) symlinkSync(join(root, name), join(this.folder, name));
  }

  /** A built file, by its path in the repository. */
  readonly built = (path: string): string => {
    const file = join(this.folder, 'dist', path);
    if (!existsSync(file)) throw new Error(`${path} has not been built`);
    return file;
  };

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
