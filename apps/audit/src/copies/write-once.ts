/**
 * Where copies are kept that nobody can change afterwards, the keeper of the log not either: a folder on storage of its own, or
 * a bucket with object lock.
 * `keep` MUST resolve only when the copy is kept for good, and MUST NOT replace what is there: the same bytes again are kept
 * already, others under the same name are Overwriting. `first` is the name that sorts first, null when there is none.
 */
export interface WriteOnceStore {
  readonly kind: 'folder' | 'bucket';
  keep(name: string, bytes: Buffer): Promise<void>;
  first(): Promise<string | null>;
  read(name: string): Promise<Buffer>;
}

/** Under this name something else is kept already. */
export class Overwriting extends Error {
  constructor(name: string) {
    super(`${name} is kept already, with other content`);
    this.name = 'Overwriting';
  }
}

const NAME = /^\d{20}-\d{1,19}-[0-9a-f]{16}\.checkpoint$/;

/** Names are ours: what is none could be a path to somewhere else, or somebody else's file. */
export const isName = (name: string): boolean => NAME.test(name);

export function demandName(name: string): string {
  if (!isName(name)) throw new Error('not a name of a copy');
  return name;
}
