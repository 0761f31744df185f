import { IllegalTransition, type FieldProblem } from '@concordat/contracts';
import type { Instrument } from '@concordat/packs';
import { topicsOf } from './answers';

/** Longest text of one topic, part or answer, in characters. */
export const LONGEST_TEXT = 1_000;

/** Texts of an agency's own by the key of what each words; see `keysOf`. */
export type WordingTexts = Readonly<Record<string, string>>;

/** An agency's licensed wording of one text of an instrument. Never changed; loaded again it has another version. */
export interface Wording {
  readonly id: string;
  readonly orgId: string;
  readonly instrument: string;
  /** Of the text that it words. */
  readonly hash: string;
  readonly version: number;
  readonly title: string;
  /** Whose it is and by which licence. */
  readonly attribution: string;
  readonly texts: WordingTexts;
  readonly loadedBy: string;
  readonly loadedAt: Date;
  /** Since when nobody is asked in it any more. What was asked in it before is still shown so. */
  readonly removedAt: Date | null;
}

/** Something of an instrument that may be worded: a topic, one of its parts, an answer that is offered. */
export interface WordingKey {
  readonly key: string;
  /** The neutral label. */
  readonly label: string;
  /** An answer keeps its neutral label when it is left out. */
  readonly optional: boolean;
}

/** One line of a file: what it words, and how. `line` as an editor counts. */
export interface WordingLine {
  readonly line: number;
  readonly key: string;
  readonly text: string;
}

/**
 * Everything of an instrument that may be worded, as it is asked: a topic by its code, a part or an own answer of it by
 * `topic/part`, an answer of the scale that topics share by `scale/answer`. Yes, no and what is open are nobody's wording. Pure.
 */
export const keysOf = (instrument: Instrument): WordingKey[] => [
  ...topicsOf(instrument).flatMap((topic) => [
    { key: topic.code, label: topic.text, optional: false },
    ...(topic.parts ?? []).map(({ code, text }) => ({
      ...{ key: `${topic.code}/${code}`, label: `${topic.text}: ${text}` },
      optional: false,
    })),
    ...(topic.options ?? []).map(({ code, title }) => ({
      ...{ key: `${topic.code}/${code}`, label: `${topic.text}: ${title}` },
      optional: true,
    })),
  ]),
  ...(instrument.scale ?? []).map(({ code, title }) => ({ key: `scale/${code}`, label: title, optional: true })),
];

/**
 * What lines of a file word, and everything that is wrong with them: in the order of the file, then what is missing. No message
 * says a word of the file, which is licensed. Pure.
 */
export function textsOf(instrument: Instrument, lines: readonly WordingLine[]) {
  const keys = keysOf(instrument);
  const known = new Set(keys.map(({ key }) => key));
  const texts = new Map<string, string>();
  const problems: FieldProblem[] = [];
  for (const { line, key, text } of lines) {
    const wrong = (code: string, message: string): void =>
      void problems.push({ field: `content.${line}`, code, message: `Line ${line}: ${message}` });
    if (!known.has(key)) wrong('wording.unknown-topic', 'the instrument has no such topic, part or answer');
    else if (texts.has(key)) wrong('wording.twice', `${key} was worded before`);
    else if (text.trim().length > LONGEST_TEXT) wrong('too-long', `${key} must be ${LONGEST_TEXT} characters or fewer`);
    // Kept when it is blank as well, so that it is told of once, as missing.
    if (known.has(key) && !texts.has(key)) texts.set(key, text.trim());
  }
  for (const { key, label, optional } of keys)
    if (!optional && !texts.get(key))
      problems.push({
        field: `content.${key}`,
        code: 'wording.missing',
        message: `There is no text for ${key}: ${label}`,
      });
  return { texts: Object.fromEntries([...texts].filter(([, text]) => text !== '')), problems };
}

/**
 * worded is an instrument as it is read in an agency's own wording: its texts in the place of the neutral labels, which become
 * hints. Codes, weights, bands and everything else that a result follows from are left as they are. Pure.
 */
export function worded(instrument: Instrument, texts: WordingTexts): Instrument {
  const answers = <T extends { readonly code: string; readonly title: string }>(of: string, all: readonly T[]): T[] =>
    all.map((each) => ({ ...each, title: texts[`${of}/${each.code}`] ?? each.title }));
  return {
    ...instrument,
    ...(instrument.scale ? { scale: answers('scale', instrument.scale) } : {}),
    groups: instrument.groups.map((group) => ({
      ...group,
      topics: group.topics.map((topic) => {
        const text = texts[topic.code];
        const parts = topic.parts?.map((part) => {
          const own = texts[`${topic.code}/${part.code}`];
          return own === undefined ? part : { ...part, text: own, hint: part.text };
        });
        return {
          ...topic,
          ...(text === undefined ? {} : { text, hint: [topic.text, topic.hint].filter(Boolean).join('. ') }),
          ...(parts ? { parts } : {}),
          ...(topic.options ? { options: answers(topic.code, topic.options) } : {}),
        };
      }),
    })),
  };
}

/** Throws IllegalTransition for a wording that was removed already, or whose place a later version has taken. */
export function mustBeRemovable({ version, removedAt }: Pick<Wording, 'version' | 'removedAt'>, newest: number): void {
  if (removedAt !== null) throw new IllegalTransition('wording.removed', 'This was removed already', 'removed');
  if (version !== newest)
    throw new IllegalTransition('wording.replaced', 'A later version has taken the place of this one', 'replaced');
}
