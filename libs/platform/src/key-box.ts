import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Keeps private keys in rows of a context's own schema: sealed with AES-256-GCM under a key of one purpose, which is derived
 * (HKDF-SHA256) from a secret that is not in the database. A copy of the rows alone opens nothing.
 */
export class KeyBox {
  private readonly key: Buffer;

  constructor(root: Buffer, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', root, '', `concordat/key-box/${purpose}`, 32));
  }

  /** iv(12) ‖ tag(16) ‖ ciphertext; `id` is authenticated, so that one row's key cannot be put into another's. */
  seal(id: string, secret: Buffer): Buffer {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(id));
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
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, 12))
      .setAAD(Buffer.from(id))
      .setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
  }
}
