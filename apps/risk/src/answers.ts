import type { AskedOf, FieldProblem } from '@concordat/contracts';
import type { Instrument, Topic } from '@concordat/packs';

/** What was answered about one topic. Which of these there are depends on the topic's type. */
export interface Answer {
  /** `yes`, `no`, an open answer, or the code of an option. */
  readonly value?: string;
  /** Of a topic in parts: each its own `yes`, `no` or open answer. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly words?: string;
}
export type Answers = Readonly<Record<string, Answer>>;

/** A professional's own judgement: a band of the instrument, and why. */
export interface Judgement {
  readonly band?: string;
  readonly reasons?: string;
}

/** Everything that an assessment says, as far as it has been filled in. */
export interface Content {
  readonly asked: readonly AskedOf[];
  readonly askedWords?: string;
  readonly answers: Answers;
  readonly judgement: Judgement;
}

export const EMPTY: Content = { asked: [], answers: {}, judgement: {} };

export const topicsOf = (instrument: Instrument): readonly Topic[] =>
  instrument.groups.flatMap((group) => group.topics);

/** The answers that may be chosen of a topic, the open ones last. Empty for one that is answered in words or in parts. */
export function choicesOf(instrument: Instrument, topic: Topic): readonly string[] {
  switch (topic.type) {
    case 'yes-no':
      return ['yes', 'no', ...instrument.open];
    case 'choice':
      return [...(topic.options ?? []).map((option) => option.code), ...instrument.open];
    case 'frequency':
      return [...(instrument.scale ?? []).map((option) => option.code), ...instrument.open];
    default:
      return [];
  }
}

/**
 * What a topic comes to: one of its answers; of parts, `yes` if any is, else open if any is, else `no`; of words, whether there
 * are any. Null while it is not answered, or not wholly and no part is `yes`.
 */
export function valueOf(instrument: Instrument, topic: Topic, answer: Answer | undefined): string | null {
  if (topic.type === 'text') return answer?.words ? 'words' : null;
  if (topic.type !== 'parts') return answer?.value ?? null;
  const values = (topic.parts ?? []).map((part) => answer?.parts?.[part.code]);
  if (values.includes('yes')) return 'yes';
  if (values.includes(undefined)) return null;
  return instrument.open.find((open) => values.includes(open)) ?? 'no';
}

/** Whether an answer leaves it open how the topic stands: nobody knows, nobody asked, or it has not been answered yet. */
export const isOpen = (instrument: Instrument, value: string | null): boolean =>
  value === null || (instrument.open as readonly string[]).includes(value);

const not = (field: string, code: string, message: string): FieldProblem => ({ field, code, message });

/** What in answers cannot be, however incomplete they still are: topics that are not asked, answers that are not offered. Pure. */
export function impossible(instrument: Instrument, content: Content): FieldProblem[] {
  const topics = new Map(topicsOf(instrument).map((topic) => [topic.code, topic]));
  const found = Object.entries(content.answers).flatMap(([code, answer]) => {
    const topic = topics.get(code);
    const field = `answers.${code}`;
    return topic ? wrongIn(instrument, topic, answer, field) : [not(field, 'topic.unknown', 'This is not asked')];
  });
  const { band } = content.judgement;
  if (band !== undefined && !instrument.bands.some((each) => each.code === band))
    found.push(not('judgement.band', 'not-in-list', 'Choose one of the levels'));
  return found;
}

function wrongIn(instrument: Instrument, topic: Topic, answer: Answer, field: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (at: string): void => void problems.push(not(at, 'not-in-list', 'Choose one of the answers'));
  if (answer.value !== undefined && !choicesOf(instrument, topic).includes(answer.value)) wrong(field);
  for (const [part, value] of Object.entries(answer.parts ?? {})) {
    const asked = topic.parts?.some((each) => each.code === part) ?? false;
    if (!asked || !['yes', 'no', ...instrument.open].includes(value)) wrong(`${field}.parts.${part}`);
  }
  return problems;
}

/** What an assessment still lacks before it can be completed, in the order in which it is asked. Pure. */
export function missing(instrument: Instrument, { asked, answers, judgement }: Content): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const lacks = (field: string, message: string): void => void problems.push(not(field, 'required', message));
  if (asked.length === 0) lacks('asked', 'Select who was asked');
  for (const topic of topicsOf(instrument)) {
    const [field, answer] = [`answers.${topic.code}`, answers[topic.code]];
    if (topic.type === 'text') {
      if (!topic.optional && !answer?.words) lacks(`${field}.words`, `Enter an answer: ${topic.text}`);
    } else if (topic.type === 'parts') {
      for (const part of topic.parts ?? [])
        if (answer?.parts?.[part.code] === undefined)
          lacks(`${field}.parts.${part.code}`, `Select an answer: ${topic.text}, ${part.text}`);
    } else if (answer?.value === undefined) lacks(field, `Select an answer: ${topic.text}`);
    if (topic.explain && valueOf(instrument, topic, answer) === 'yes' && !answer?.words)
      lacks(`${field}.words`, `Enter what you know: ${topic.text}`);
  }
  if (instrument.judgement === 'decide' && !judgement.band) lacks('judgement.band', 'Select the level of risk');
  if (judgement.band && !judgement.reasons) lacks('judgement.reasons', 'Enter the reasons for your judgement');
  if (!judgement.band && judgement.reasons) lacks('judgement.band', 'Select the level that you give reasons for');
  return problems;
}
