/** Input that cannot be examined at all: exit 2. */
export class Unusable extends Error {}

/** Input, or a part of it, that breaks its format. Where it is caught decides what that costs. */
export class Malformed extends Error {}

export const U64 = 1n << 64n;

/** One spelling per value: padded, standard alphabet, unused bits zero. */
export function base64(text: unknown, what: string, bytes?: number): Buffer {
  if (typeof text !== 'string') throw new Malformed(`${what} is not text`);
  const decoded = Buffer.from(text, 'base64');
  if (decoded.toString('base64') !== text) throw new Malformed(`${what} is not canonical base64`);
  if (bytes !== undefined && decoded.length !== bytes) throw new Malformed(`${what} is not ${bytes} bytes`);
  return decoded;
}

/** Unsigned 64-bit decimal without leading zeros. */
export function decimal(text: unknown, what: string): bigint {
  if (typeof text === 'string' && /^\d{1,20}$/.test(text)) {
    const value = BigInt(text);
    if (value < U64 && value.toString() === text) return value;
  }
  throw new Malformed(`${what} is not a decimal number`);
}

/** Bytes to text, refusing anything that is not exactly UTF-8. */
export function utf8(bytes: Buffer, what: string): string {
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw new Malformed(`${what} is not UTF-8`);
  return text;
}

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a JSON object that is written exactly as RFC 8785 would write it, so that no byte is without meaning. */
export function canonicalObject(bytes: Buffer, what: string): Json {
  const text = utf8(bytes, what);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Malformed(`${what} is not JSON`);
  }
  if (!isObject(value)) throw new Malformed(`${what} is not an object`);
  // Canonical JSON escapes no letter, so an escaped surrogate is a lone one, which RFC 8785 forbids.
  if (rewrite(value, 0) !== text || /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text)) {
    throw new Malformed(`${what} is not canonical JSON`);
  }
  return value;
}

function rewrite(value: unknown, depth: number): string {
  if (depth > 100) throw new Malformed('JSON is nested too deeply');
  if (Array.isArray(value)) return '[' + value.map((v) => rewrite(v, depth + 1)).join(',') + ']';
  if (!isObject(value)) return JSON.stringify(value);
  let out = '';
  for (const key of Object.keys(value).sort()) {
    out += (out === '' ? '' : ',') + JSON.stringify(key) + ':' + rewrite(value[key], depth + 1);
  }
  return '{' + out + '}';
}

/** Refuses missing and unknown members. */
export function members(value: Json, required: readonly string[], optional: readonly string[], what: string): void {
  for (const name of required) if (!Object.hasOwn(value, name)) throw new Malformed(`${what} has no "${name}"`);
  for (const name of Object.keys(value)) {
    if (!required.includes(name) && !optional.includes(name)) throw new Malformed(`${what} has an unknown field`);
  }
}
