import type { Instrument } from '@concordat/packs';
import { isOpen, topicsOf, valueOf, type Answers } from './answers';

/** How a topic moved from one assessment to the next: `opened` and `settled` tell of answers that nobody knows. */
export type Change =
  'same' | 'appeared' | 'ceased' | 'rose' | 'fell' | 'changed' | 'opened' | 'settled' | 'not-comparable';

/** Somebody's risk at one time, by one version of an instrument. */
export interface Sample {
  readonly instrument: Instrument;
  readonly answers: Answers;
}

export interface TopicOverTime {
  readonly topic: string;
  /** In the order of the samples: the answer, or null where that version did not ask or it was not answered. */
  readonly values: readonly (string | null)[];
  /** From each sample to the next. */
  readonly changes: readonly Change[];
}

/**
 * overTime lays assessments by one instrument beside each other, oldest first, topic by topic. Pure.
 * @throws Error when they are of different instruments: results are never converted (domain/risk-conferences.md §6)
 */
export function overTime(samples: readonly Sample[]): TopicOverTime[] {
  const codes = new Set(samples.map(({ instrument }) => instrument.code));
  if (codes.size > 1) throw new Error('assessments by different instruments are never compared');
  const newest = samples.at(-1)?.instrument;
  const asked = new Set(samples.toReversed().flatMap(({ instrument }) => topicsOf(instrument).map(({ code }) => code)));
  return [...asked].map((topic) => {
    const values = samples.map((sample) => answered(sample, topic));
    const changes = values
      .slice(1)
      .map((value, i) => changeOf(samples[i + 1]?.instrument ?? newest!, topic, values[i]!, value));
    return { topic, values, changes };
  });
}

function answered({ instrument, answers }: Sample, code: string): string | null {
  const topic = topicsOf(instrument).find((each) => each.code === code);
  return topic ? valueOf(instrument, topic, answers[code]) : null;
}

function changeOf(instrument: Instrument, code: string, before: string | null, after: string | null): Change {
  const topic = topicsOf(instrument).find((each) => each.code === code);
  if (!topic || topic.type === 'text' || before === null || after === null) return 'not-comparable';
  if (before === after) return 'same';
  const [was, is] = [isOpen(instrument, before), isOpen(instrument, after)];
  if (was && is) return 'same';
  if (is) return 'opened';
  if (was) return 'settled';
  if (topic.type === 'yes-no' || topic.type === 'parts') return after === 'yes' ? 'appeared' : 'ceased';
  const order = (topic.type === 'frequency' ? instrument.scale : topic.options) ?? [];
  const [from, to] = [before, after].map((value) => order.findIndex((option) => option.code === value));
  if (from! < 0 || to! < 0) return 'changed';
  return to! > from! ? 'rose' : 'fell';
}
