/**
 * Where the bytes of documents are kept: a folder of ours, or whatever speaks S3. Keys are ids that say nothing.
 * `put` MUST NOT resolve before the bytes are kept for good, and MUST NOT replace what is there under another digest.
 * `get` answers null for what is not there. `remove` of what is not there is done already.
 * Whether bytes are those that were put is for the caller to check: it knows their digest.
 */
export interface ObjectStore {
  put(key: string, bytes: Buffer): Promise<void>;
  get(key: string): Promise<Buffer | null>;
  remove(key: string): Promise<void>;
}

/** Keys are ours: what is none could be a path to somewhere else. */
export function demandKey(key: string): string {
  if (!/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(key)) throw new Error('not a key of the object store');
  return key;
}
