/** Crockford's base 32 without the letters that read like digits, and without U, which makes words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SPACE = 32n ** 7n;
/** Odd, so that multiplying by it modulo a power of two is a one-to-one map; and its inverse is never needed. */
const SCATTER = 22_695_477_137n;
const OFFSET = 17_179_869_143n;

/**
 * A reference that people can read out: `R-7K3M-92QX`. `serial` (1, 2, 3 …, from a database sequence, so never twice) is
 * scattered over 32^7 values, so that a reference tells nothing of how many there are; the eighth character is a check.
 * Throws RangeError beyond 32^7 - 1.
 */
export function referenceFrom(prefix: string, serial: bigint): string {
  if (serial < 0n || serial >= SPACE) throw new RangeError('serial out of range');
  let value = (serial * SCATTER + OFFSET) % SPACE;
  let text = '';
  for (let i = 0; i < 7; i++) {
    text = ALPHABET[Number(value % 32n)]! + text;
    value /= 32n;
  }
  text += check(text);
  return `${prefix}-${text.slice(0, 4)}-${text.slice(4)}`;
}

/**
 * The reference that somebody typed, as we write it: case, spaces and dashes do not matter, and I, L and O are read as the
 * digits they look like. Null when it is no reference, or a mistyped one.
 */
export function readReference(text: string): string | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, '');
  const [, prefix, body] = /^([A-Z])([0-9A-Z]{8})$/.exec(plain) ?? [];
  if (!prefix || !body) return null;
  const digits = body.replaceAll('I', '1').replaceAll('L', '1').replaceAll('O', '0');
  if ([...digits].some((c) => !ALPHABET.includes(c)) || check(digits.slice(0, 7)) !== digits[7]) return null;
  return `${prefix}-${digits.slice(0, 4)}-${digits.slice(4)}`;
}

/** A weighted sum modulo 31: finds every single wrong character and every swap of two neighbours. */
function check(text: string): string {
  let sum = 0;
  [...text].forEach((c, i) => (sum += ALPHABET.indexOf(c) * (i + 2)));
  return ALPHABET[sum % 31]!;
}
