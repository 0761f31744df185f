/** Text as identifiers are looked for in it, with where each of its characters stood in the original. */
export interface FoldedText {
  readonly text: string;
  /** For each character of `text`, the offset of the character that it came from. */
  readonly at: readonly number[];
}

/** Letters that Unicode does not take apart into a plain one and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
};
const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u02b9\u00b4`\u2032\uff07]/;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;
/** What is not seen: soft hyphens, joiners, marks of direction, variation selectors. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;

/**
 * folded takes case, accents, unseen characters, kinds of apostrophes, dashes and spaces out of a text, so that a name is
 * found however it was typed (domain/statutory-reviews.md §8). Pure.
 */
export function folded(original: string): FoldedText {
  let text = '';
  const at: number[] = [];
  let offset = 0;
  for (const character of original) {
    for (const piece of plain(character)) {
      if (piece === ' ' && text.endsWith(' ')) continue;
      text += piece;
      for (let i = 0; i < piece.length; i++) at.push(offset);
    }
    offset += character.length;
  }
  return { text, at };
}

function plain(character: string): string[] {
  if (UNSEEN.test(character)) return [];
  if (/\s/u.test(character)) return [' '];
  if (APOSTROPHES.test(character)) return ["'"];
  if (DASHES.test(character)) return ['-'];
  const pieces = [...character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()];
  return pieces.map((piece) => LETTERS[piece] ?? piece);
}

/**
 * unbroken joins words that were parted at the end of a line. Null when there is none, so that nothing is looked through
 * twice. Offsets stay those of the original. Pure.
 */
export function unbroken(original: string): FoldedText | null {
  const broken = /(?<=\p{L})[-\u2010\u00ad]\s*\n\s*(?=\p{L})/gu;
  if (!broken.test(original)) return null;
  // As many unseen characters as were there: offsets are not moved by them.
  return folded(original.replace(broken, (gap) => '\u200b'.repeat(gap.length)));
}
