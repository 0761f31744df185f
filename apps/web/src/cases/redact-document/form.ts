import type { Submitted } from '../../design/submitted';

/** What a form asks to remove: passages as they were typed, one a line, and whole lines by their numbers. */
export interface Wanted {
  readonly passages: readonly string[];
  readonly lines: readonly number[];
}

/** As many lines as anybody names at once. */
const MOST_LINES = 10_000;

/** wantedIn reads the form; what cannot be read is among its errors. */
export function wantedIn(sent: Submitted): Wanted {
  const passages = [...new Set(sent.lines('passages') ?? [])];
  if (passages.some((p) => !/[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(p)))
    sent.wrong('passages', 'too-short', 'Each passage must have two letters or digits at least');
  else if (passages.length > 200 || passages.some((p) => p.length > 500))
    sent.wrong('passages', 'too-many', 'Enter at most 200 passages, each of 500 characters at most');
  const lines = numbersIn(sent.text('lines') ?? '');
  if (lines === null) sent.wrong('lines', 'wrong-form', 'Enter numbers of lines, like 3, 7-9');
  return { passages, lines: lines ?? [] };
}

/** numbersIn reads numbers and ranges of them, like `3, 7-9`; null for anything else, and for too many. Pure. */
export function numbersIn(text: string): number[] | null {
  const found = new Set<number>();
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const [, from, to = from] = /^(\d{1,6})(?:[-–](\d{1,6}))?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === undefined || first < 1 || last < first || last - first >= MOST_LINES) return null;
    for (let n = first; n <= last; n++) found.add(n);
  }
  return found.size > MOST_LINES ? null : [...found].sort((a, b) => a - b);
}
