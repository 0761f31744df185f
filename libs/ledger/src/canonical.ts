import { decodeText } from './encoding';
import { LedgerError } from './errors';

/** Any JSON value. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Deeper nesting is refused: nothing we seal comes near it, and recursion must be bounded. */
const MAX_DEPTH = 64;

/**
 * canonicalJson writes a value as RFC 8785 says: members sorted by UTF-16 code units, no white space, ECMAScript numbers
 * and string escapes. @throws LedgerError MALFORMED for what JSON cannot say: undefined, NaN, infinities, lone surrogates,
 * functions, class instances such as Date, nesting beyond 64.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new LedgerError('MALFORMED', 'JSON is nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'string') return writeString(value);
  if (Array.isArray(value)) return `[${Array.from(value, (v: unknown) => write(v, depth + 1)).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([k, v]) => `${writeString(k)}:${write(v, depth + 1)}`).join(',')}}`;
  }
  throw new LedgerError('MALFORMED', 'value is not JSON');
}

function writeString(text: string): string {
  const json = JSON.stringify(text);
  // JSON.stringify writes a lone surrogate as an escape; RFC 8785 s.3.2.2.2 makes it an error.
  if (/\\ud[89a-f]/.test(json) && Buffer.from(text, 'utf8').toString('utf8') !== text) {
    throw new LedgerError('MALFORMED', 'string holds a lone surrogate');
  }
  return json;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * parseCanonical reads bytes that are exactly the canonical form of what they say: one text per value, so nothing hides in
 * white space, repeated members or number spellings. @throws LedgerError MALFORMED.
 */
export function parseCanonical(input: string | Uint8Array): JsonValue {
  const text = decodeText(input, 'JSON');
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    throw new LedgerError('MALFORMED', 'not JSON');
  }
  if (canonicalJson(value) !== text) throw new LedgerError('MALFORMED', 'not canonical JSON (RFC 8785)');
  return value;
}
