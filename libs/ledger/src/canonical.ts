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
  if (typeof value === 'string') return writeString(value);
  if (depth > MAX_DEPTH) throw new LedgerError('MALFORMED', 'JSON is nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, (v: unknown) => write(v, depth + 1)).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) return writeObject(value as Record<string, unknown>, depth);
  throw new LedgerError('MALFORMED', 'value is not JSON');
}

/** Array.sort without a comparator orders by UTF-16 code units, as RFC 8785 s.3.2.3 asks. */
function writeObject(value: Record<string, unknown>, depth: number): string {
  let text = '{';
  for (const name of Object.keys(value).sort()) {
    text += `${text.length > 1 ? ',' : ''}${writeString(name)}:${write(value[name], depth + 1)}`;
  }
  return `${text}}`;
}

/** Printable ASCII without quote and backslash stands as it is: most of what a ledger writes. */
const AS_IT_IS = /^[ !#-[\]-~]*$/;

function writeString(text: string): string {
  if (AS_IT_IS.test(text)) return `"${text}"`;
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
