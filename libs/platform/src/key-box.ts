import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** A key; or the one to seal with and, after it, others that open as well, for as long as a change of keys takes. */
export type Keys = Buffer | readonly Buffer[];

const IV = 12;
const TAG = 16;

/**
 * Keeps private keys in rows of a context's own schema: sealed with AES-256-GCM under a key of one purpose, which is derived
 * (HKDF-SHA256) from a secret that is not in the database. A copy of the rows alone opens nothing.
 */
export class KeyBox {
  private readonly keys: readonly Buffer[];

  /** @param purpose null where the roots serve nothing else, and are the keys themselves */
  constructor(roots: Keys, purpose: string | null) {
    const derived = (root: Buffer): Buffer =>
      Buffer.from(hkdfSync('sha256', root, '', `concordat/key-box/${purpose}`, 32));
    this.keys = purpose === null ? listed(roots) : listed(roots).map(derived);
  }

  /** iv(12) ‖ tag(16) ‖ ciphertext; `id` is authenticated, so that one row's key cannot be put into another's. */
  seal(id: string, secret: Buffer): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.keys[0]!, iv).setAAD(Buffer.from(id));
    const text = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), text]);
  }

  /** As `open`; null where it would throw. For what can be given again, so that one row under an older root stops nothing. */
  opened(id: string, sealed: Buffer): Buffer | null {
    try {
      return this.open(id, sealed);
    } catch {
      return null;
    }
  }

  /** Throws when the root, the purpose, the id or a byte is another. */
  open(id: string, sealed: Buffer): Buffer {
    return firstThatOpens(this.keys, (key) => opened(key, id, sealed));
  }

  /** What was sealed under an older key, sealed anew under that of today; null where it is already. Throws as `open`. */
  moved(id: string, sealed: Buffer): Buffer | null {
    const [today, ...older] = this.keys as readonly [Buffer, ...Buffer[]];
    try {
      opened(today, id, sealed);
      return null;
    } catch {
      return this.seal(
        id,
        firstThatOpens(older, (key) => opened(key, id, sealed)),
      );
    }
  }
}

/**
 * firstThatOpens tries one key after another: each seal is authenticated, so a wrong key is known for one. Throws what the last
 * attempt threw.
 */
export function firstThatOpens<T>(keys: Keys, open: (key: Buffer) => T): T {
  let failure: unknown = new Error('there is no key');
  for (const key of listed(keys)) {
    try {
      return open(key);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

const listed = (keys: Keys): readonly Buffer[] => (Buffer.isBuffer(keys) ? [keys] : keys);

function opened(key: Buffer, id: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV), { authTagLength: TAG })
    .setAAD(Buffer.from(id))
    .setAuthTag(sealed.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]);
}
