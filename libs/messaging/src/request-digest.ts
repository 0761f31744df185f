import { Unreadable } from '@concordat/platform';
import { createHash } from 'node:crypto';
import type { Act } from './act';

/** The digest that tells a repeated command from another one sent under the same key. */
export function requestDigest({ action, call }: Act): Buffer {
  const head = `${action}\n${call.method}\n${call.path}\n${call.expectedVersion ?? ''}\n`;
  try {
    return createHash('sha256')
      .update(`${head}${JSON.stringify(call.body) ?? ''}`)
      .digest();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // nested beyond what the stack holds
    throw new Unreadable('request.too-deep', 'The request is nested too deeply to be read');
  }
}
