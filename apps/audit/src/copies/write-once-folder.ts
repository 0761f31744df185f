import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { demandName, isName, Overwriting, type WriteOnceStore } from './write-once';

/**
 * Copies in a folder, each a file of its own that is readable only and never opened for writing again. It is written aside,
 * flushed, and then given its name by a link, which fails where the name is taken: whole or not there, and never over another.
 */
export class WriteOnceFolder implements WriteOnceStore {
  readonly kind = 'folder';

  constructor(private readonly folder: string) {}

  async keep(name: string, bytes: Buffer): Promise<void> {
    const path = join(this.folder, demandName(name));
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const aside = `${path}.${process.pid}.part`;
    await rm(aside, { force: true }); // left by a process that died with this id
    const file = await open(aside, 'wx', 0o400);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    try {
      await link(aside, path);
      const directory = await open(this.folder, 'r');
      await directory.sync().finally(() => directory.close());
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (!(await readFile(path)).equals(bytes)) throw new Overwriting(name);
    } finally {
      await rm(aside, { force: true });
    }
  }

  async first(): Promise<string | null> {
    try {
      const names = (await readdir(this.folder)).filter(isName);
      return names.reduce<string | null>((a, b) => (a === null || b < a ? b : a), null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  read(name: string): Promise<Buffer> {
    return readFile(join(this.folder, demandName(name)));
  }
}
