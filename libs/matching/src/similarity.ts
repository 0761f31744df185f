/**
 * How alike two words are, from 0 to 1: Jaro's measure with Winkler's weight for a common beginning (W. E. Winkler, "String
 * comparator metrics and enhanced decision rules in the Fellegi-Sunter model of record linkage", 1990). Empty words are alike
 * to nothing.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  const jaro = jaroOf(a, b);
  let common = 0;
  while (common < 4 && common < a.length && common < b.length && a[common] === b[common]) common++;
  return jaro + common * 0.1 * (1 - jaro);
}

function jaroOf(a: string, b: string): number {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  let matched = '';
  for (let i = 0; i < a.length; i++) {
    const end = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (taken[j] === 1 || a[i] !== b[j]) continue;
      taken[j] = 1;
      matched += a[i];
      break;
    }
  }
  if (matched === '') return 0;
  let [transposed, at] = [0, 0];
  for (let j = 0; j < b.length; j++) if (taken[j] === 1 && matched[at++] !== b[j]) transposed++;
  const n = matched.length;
  return (n / a.length + n / b.length + (n - transposed / 2) / n) / 3;
}

/**
 * Whether one slip of the keyboard makes `b` of `a`: a character wrong, missing, doubled, or two neighbours changed round
 * (F. J. Damerau, "A technique for computer detection and correction of spelling errors", 1964).
 */
export function oneSlipApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || short === long) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i++;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  if (short.slice(i + 1) === long.slice(i + 1)) return true;
  return short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
}

const SOUNDS: Readonly<Record<string, string>> = {
  b: '1', f: '1', p: '1', v: '1', w: '1',
  c: '2', g: '2', j: '2', k: '2', q: '2', s: '2', x: '2', z: '2',
  d: '3', t: '3',
  l: '4',
  m: '5', n: '5',
  r: '6',
}; // prettier-ignore

/**
 * A code that words which sound alike share: the consonants' classes of Russell's Soundex (US patent 1,261,167 of 1918), the
 * first letter by its class as well, so that Catherine and Katherine agree. For finding candidates only, never for weighing.
 */
export function soundCode(word: string): string {
  let code = '';
  let last = '';
  for (const letter of word) {
    const sound = SOUNDS[letter] ?? '';
    if (sound !== '' && sound !== last) code += sound;
    if (!'hw'.includes(letter)) last = sound;
    if (code.length === 4) break;
  }
  return /^[aeiouy]/.test(word) ? `0${code}`.slice(0, 4) : code;
}
