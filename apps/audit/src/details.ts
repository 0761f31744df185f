import { KeyBox, keysIn, PROCESS, SETTINGS, type ProcessInfo, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';

const KEY = 32;

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
  private readonly wrapping: KeyBox;

  constructor(@Inject(SETTINGS) settings: Settings, @Inject(PROCESS) info: ProcessInfo) {
    this.wrapping = wrapBox(settings, info);
  }

  /** A new data key, and how it is stored for `owner`. */
  newKey(owner: string): { key: Buffer; wrapped: Buffer } {
    const key = randomBytes(KEY);
    return { key, wrapped: this.wrapping.seal(owner, key) };
  }

  /** Throws when the wrapped bytes are not this owner's. */
  unwrap(owner: string, wrapped: Buffer): Buffer {
    return this.wrapping.open(owner, wrapped);
  }

  /** Encrypts k ‖ detail for one record. */
  seal(key: Buffer, eventId: string, { k, detail }: Opening): Buffer {
    return under(key).seal(eventId, Buffer.concat([k, detail]));
  }

  /** Reverses `seal`. Throws when a byte, the key or the record is another. */
  open(key: Buffer, eventId: string, sealed: Buffer): Opening {
    const text = under(key).open(eventId, sealed);
    return { k: text.subarray(0, KEY), detail: text.subarray(KEY) };
  }
}

const under = (key: Buffer): KeyBox => new KeyBox(key, null);

/** What wraps data keys: LEDGER_WRAP_KEY, and for as long as a change takes those that are being left (LEDGER_WRAP_KEY_ALSO). */
export function wrapBox(settings: Settings, info: Pick<ProcessInfo, 'secret'>): KeyBox {
  const today = settings.LEDGER_WRAP_KEY
    ? Buffer.from(settings.LEDGER_WRAP_KEY, 'base64')
    : Buffer.from(info.secret('ledger-wrap'), 'base64url');
  return new KeyBox([today, ...keysIn(settings.LEDGER_WRAP_KEY_ALSO)], null);
}
