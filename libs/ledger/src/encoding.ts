import { LedgerError } from './errors';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * decodeBase64 reads standard base64 with padding and accepts one spelling per value (RFC 4648 s.3.5: unused bits zero),
 * so that no bit of a text can change without being noticed. @throws LedgerError MALFORMED.
 */
export function decodeBase64(text: string, what: string): Buffer {
  const bytes = BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
  if (bytes === undefined || bytes.toString('base64') !== text) {
    throw new LedgerError('MALFORMED', `${what} is not canonical base64`);
  }
  return bytes;
}

/** decodeHash reads a base64 SHA-256 hash. @throws LedgerError MALFORMED. */
export function decodeHash(text: string, what: string): Buffer {
  const bytes = decodeBase64(text, what);
  if (bytes.length !== 32) throw new LedgerError('MALFORMED', `${what} is not 32 bytes`);
  return bytes;
}

/** parseDecimal reads an unsigned 64-bit decimal without leading zeros. @throws LedgerError MALFORMED. */
export function parseDecimal(text: string, what: string): bigint {
  const value = /^(0|[1-9][0-9]{0,19})$/.test(text) ? BigInt(text) : -1n;
  if (value < 0n || value >= 1n << 64n) throw new LedgerError('MALFORMED', `${what} is not a decimal number`);
  return value;
}

/** decodeText reads UTF-8 strictly: a byte-order mark is kept and a bad byte refused. @throws LedgerError MALFORMED. */
export function decodeText(input: string | Uint8Array, what: string): string {
  if (typeof input === 'string') {
    if (Buffer.from(input, 'utf8').toString('utf8') !== input) {
      throw new LedgerError('MALFORMED', `${what} is not well-formed Unicode`);
    }
    return input;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
  } catch {
    throw new LedgerError('MALFORMED', `${what} is not UTF-8`);
  }
}
