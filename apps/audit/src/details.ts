import { PROCESS, SETTINGS, type ProcessInfo, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const KEY = 32;
const IV = 12;
const TAG = 16;

/** What opens a leaf's commitment: its key and the canonical detail. */
export interface Opening {
  readonly k: Buffer;
  readonly detail: Buffer;
}

/**
 * Encrypts what is erasable: details under data keys, data keys under the wrap key (LEDGER_WRAP_KEY), both AES-256-GCM and
 * bound to whose they are. A detail cannot be read once its row, or its owner's key, is gone (design/ledger.md §3).
 */
@Injectable()
export class Details {
  private readonly wrapKey: Buffer;

  constructor(@Inject(SETTINGS) settings: Settings, @Inject(PROCESS) info: ProcessInfo) {
    this.wrapKey = settings.LEDGER_WRAP_KEY
      ? Buffer.from(settings.LEDGER_WRAP_KEY, 'base64')
      : Buffer.from(info.secret('ledger-wrap'), 'base64url');
  }

  /** A new data key, and how it is stored for `owner`. */
  newKey(owner: string): { key: Buffer; wrapped: Buffer } {
    const key = randomBytes(KEY);
    return { key, wrapped: encrypt(this.wrapKey, owner, key) };
  }

  /** Throws when the wrapped bytes are not this owner's. */
  unwrap(owner: string, wrapped: Buffer): Buffer {
    return decrypt(this.wrapKey, owner, wrapped);
  }

  /** Encrypts k ‖ detail for one record. */
  seal(key: Buffer, eventId: string, { k, detail }: Opening): Buffer {
    return encrypt(key, eventId, Buffer.concat([k, detail]));
  }

  /** Reverses `seal`. Throws when a byte, the key or the record is another. */
  open(key: Buffer, eventId: string, sealed: Buffer): Opening {
    const text = decrypt(key, eventId, sealed);
    return { k: text.subarray(0, KEY), detail: text.subarray(KEY) };
  }
}

/** iv ‖ tag ‖ ciphertext. */
function encrypt(key: Buffer, bound: string, text: Buffer): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(bound));
  const body = cipher.update(text);
  cipher.final(); // a stream cipher mode: nothing is left over
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, bound: string, bytes: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV), { authTagLength: TAG })
    .setAAD(Buffer.from(bound))
    .setAuthTag(bytes.subarray(IV, IV + TAG));
  const text = decipher.update(bytes.subarray(IV + TAG));
  decipher.final();
  return text;
}
