import { forenames, nicknamesOf, surnames, type Nicknames } from './agreement';
import { prepare, type PreparedName } from './facts';
import { oneSlipApart, soundCode } from './similarity';

/** From this length on a word is found though one letter of it is wrong, missing, doubled or changed round with the next. */
const SLIP_LENGTH = 4;
/** Longer than any word of a name: what is longer is not taken apart. */
const LONGEST = 40;
/** From this length on the beginning of a word stands for it. */
const BEGINNING = 3;

/** How one word of a name that somebody typed agrees with a name on record, the best first. */
export const nameLevels = ['same', 'part', 'nickname', 'close', 'begins', 'initial', 'sounds'] as const;
export type NameLevel = (typeof nameLevels)[number];

/** How a name that somebody typed agrees with one on record; a part that was not typed is null. */
export interface NameAgreement {
  readonly given: NameLevel | null;
  readonly family: NameLevel | null;
  /** Forename and surname are the other way round than they were typed. */
  readonly turned: boolean;
}

/**
 * Finds people by a name as it was typed: by which terms an index keeps a name, by which it is looked into, and how what was
 * typed agrees with what was found. The terms only have to lead to the right rows: `agreement` decides.
 *
 *   w:<word>  the word itself    i:<letter>  its initial    v:<word less a letter>  within one slip    s:<code>  its sound
 *
 * Two words are one slip apart (Damerau 1964) exactly when one is the other less a letter, or both less a letter are the same;
 * so the words less a letter find them all by looking up, without comparing (the symmetric deletion of W. Garbe, 2012).
 */
export class NameFinding {
  private readonly nicknames: Nicknames;

  /** `groups` are forenames that stand for each other (`MatchingModel.nicknames`). */
  constructor(private readonly groups: readonly (readonly string[])[]) {
    this.nicknames = nicknamesOf(groups);
  }

  /** By what an index keeps one word of a name. Words are as `wordsOf` makes them. */
  kept(word: string): string[] {
    return [
      ...[`w:${word}`, `i:${[...word][0] ?? ''}`],
      ...lessOne(word).map((v) => `v:${v}`),
      ...(isTelling(soundCode(word)) ? [`s:${soundCode(word)}`] : []),
    ];
  }

  /** Terms of which one is kept for any name in which the word stands, begins one, or is its initial; `*` for beginnings. */
  exactly(word: string): string[] {
    if (word.length === 1) return [`i:${word}`];
    return [word.length >= BEGINNING ? `w:${word}*` : `w:${word}`];
  }

  /** As `exactly`, and for names that differ by a slip, sound alike or are a familiar form. */
  alike(word: string): string[] {
    if (word.length === 1) return [`i:${word}`];
    const less = lessOne(word);
    const familiar = this.groups.filter((g) => g.includes(word)).flat();
    return [
      ...this.exactly(word),
      ...[...new Set(familiar)].map((w) => `w:${w}`),
      ...less.flatMap((v) => [`v:${v}`, `w:${v}`]),
      ...(word.length >= SLIP_LENGTH - 1 ? [`v:${word}`] : []),
      ...(isTelling(soundCode(word)) ? [`s:${soundCode(word)}`] : []),
    ];
  }

  /** How what was typed agrees with a name, whichever way round it was typed; null when a part of it agrees with nothing. */
  agreement(typed: PreparedName, name: { readonly given?: string; readonly family?: string }): NameAgreement | null {
    const [of] = prepare({ names: [name] }).names;
    if (!of) return null;
    const straight = this.both(typed, of, false);
    const turned = this.both({ given: typed.family, family: typed.given }, of, true);
    if (straight && turned) return strength(turned) > strength(straight) ? turned : straight;
    return straight ?? turned;
  }

  private both(typed: PreparedName, of: PreparedName, turned: boolean): NameAgreement | null {
    const given = this.levelOf('given', typed.given, of.given);
    const family = this.levelOf('family', typed.family, of.family);
    if (given === 'none' || family === 'none' || (given === null && family === null)) return null;
    return { given, family, turned: turned && given !== null && family !== null };
  }

  private levelOf(
    part: 'given' | 'family',
    typed: readonly string[],
    of: readonly string[],
  ): NameLevel | 'none' | null {
    if (typed.length === 0) return null;
    const [a = '', b = ''] = [typed.join(''), of.join('')];
    if (b === '') return 'none';
    if (a.length === 1) return b.startsWith(a) || of.some((w) => w.startsWith(a)) ? 'initial' : 'none';
    const level = part === 'given' ? forenames(typed, of, this.nicknames) : surnames(typed, of);
    if (level === 'same' || level === 'part' || level === 'nickname') return level;
    if (level === 'initial') return 'initial';
    // Likeness alone finds too much: only a slip of the keyboard, a beginning, or the same sound counts.
    const words = [b, ...of];
    if (words.some((w) => Math.max(a.length, w.length) >= SLIP_LENGTH && oneSlipApart(a, w))) return 'close';
    if (a.length >= BEGINNING && words.some((w) => w.startsWith(a))) return 'begins';
    const sound = soundCode(a);
    return isTelling(sound) && words.some((w) => soundCode(w) === sound) ? 'sounds' : 'none';
  }
}

const WORTH: Readonly<Record<NameLevel, number>> = {
  same: 10,
  part: 8,
  nickname: 7,
  close: 6,
  begins: 5,
  initial: 3,
  sounds: 2,
};

/** How strong an agreement is, for putting the best first; one that is turned round counts a little less. */
export const strength = ({ given, family, turned }: NameAgreement): number =>
  (given ? WORTH[given] : 0) + (family ? WORTH[family] : 0) - (turned ? 1 : 0);

/** Whether a sound says something: Anna and Una share theirs, which is one consonant. */
const isTelling = (sound: string): boolean => sound.length > 2;

/** A word less each of its letters in turn; of what is no word of a name, nothing. */
function lessOne(word: string): string[] {
  const letters = [...word];
  if (letters.length < SLIP_LENGTH || letters.length > LONGEST) return [];
  return [...new Set(letters.map((_, i) => letters.filter((_letter, j) => j !== i).join('')))];
}
