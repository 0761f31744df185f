/** What stands in the place of whatever was removed: always as long, so that it tells nothing of that. */
export const REMOVED = '█████';

/** What is to be removed from a text. */
export interface ToRemove {
  /** Words as they stand, wherever they stand, in capitals or not and across the ends of lines. */
  readonly passages: readonly string[];
  /** Whole lines, counted from 1. */
  readonly lines: readonly number[];
}

export interface Redacted {
  readonly text: string;
  /** How often each passage was removed, in their order; what stood in a line that was removed counts as well. */
  readonly found: readonly number[];
  readonly linesRemoved: number;
}

/** Characters that are not seen: soft hyphens, joiners, marks of direction and of order. A name with one in it is a name. */
const UNSEEN = /\u034F|[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;

/** visible is a text as it is redacted and shown: composed alike, each end of line alike, without what is not seen. Pure. */
export const visible = (text: string): string => text.normalize('NFKC').replace(UNSEEN, '').replace(/\r\n?/g, '\n');

/**
 * redacted is a text without some passages and lines. Nothing of them is in it: not their length, and not a second copy that is
 * written otherwise only in capitals, spaces, or what is not seen. Throws RangeError when a passage would still be found. Pure.
 */
export function redacted(whole: string, { passages, lines }: ToRemove): Redacted {
  const text = visible(whole);
  const patterns = passages.map(patternOf);
  const found = patterns.map((pattern) => [...text.matchAll(pattern)].length);
  const marked = spansOf(text, patterns, lines);
  const out: string[] = [];
  let at = 0;
  for (const [from, to] of marked) {
    out.push(text.slice(at, from), REMOVED);
    at = to;
  }
  out.push(text.slice(at));
  const left = out.join('');
  if (patterns.some((pattern) => left.search(pattern) >= 0)) throw new RangeError('a passage is still there');
  return { text: left, found, linesRemoved: new Set(lines).size };
}

/** Whether a text says any of these passages: a title may not tell what was removed. Pure. */
export const says = (text: string, passages: readonly string[]): boolean =>
  passages.some((passage) => visible(text).search(patternOf(passage)) >= 0);

/** How many lines a text has, as they are counted. Pure. */
export const linesOf = (text: string): string[] => visible(text).split('\n');

function patternOf(passage: string): RegExp {
  const words = visible(passage).trim().split(/\s+/u);
  return new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('\\s+'), 'giu');
}

/** Where something is removed, in order, spans that meet as one. */
function spansOf(text: string, patterns: readonly RegExp[], lines: readonly number[]): (readonly [number, number])[] {
  const spans = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((m) => [m.index, m.index + m[0].length] as const),
  );
  let start = 0;
  text.split('\n').forEach((line, i) => {
    if (lines.includes(i + 1)) spans.push([start, start + line.length]);
    start += line.length + 1;
  });
  const sorted = spans.sort(([a], [b]) => a - b);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
