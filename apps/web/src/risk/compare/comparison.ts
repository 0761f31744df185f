import type { Comparison, Topic } from '../../apis/risk';
import { bandTag, CHANGES, valueTitle } from '../words';

/** Which of the assessments are shown, by their places: two that were asked for, else all. Pure. */
export function chosenOf({ samples }: Comparison, from?: string, to?: string): number[] {
  const places = [from, to].map((id) => samples.findIndex((sample) => sample.id === id));
  const [a, b] = [Math.min(...places), Math.max(...places)];
  return a >= 0 && a !== b ? [a, b] : samples.map((_, index) => index);
}

export const columnsOf = ({ samples }: Comparison, chosen: readonly number[]) =>
  chosen.map((index) => {
    const { id, completedAt, band, bands, score } = samples[index]!;
    return { id, completedAt, band, score, colour: bandTag(bands, band?.code) };
  });

/**
 * A row for each topic: what was answered each time, and how it moved. Of two that do not follow one another only whether they
 * differ is said: what happened in between is in the table of all. Pure.
 */
export function rowsOf({ samples, documents, topics }: Comparison, chosen: readonly number[]) {
  return topics.map(({ topic: code, values, changes }) => {
    const cells = chosen.map((index, column) => {
      const document = documents[samples[index]!.id]!;
      const topic = document.groups.flatMap((group) => group.topics).find((each) => each.code === code);
      const before = column === 0 ? undefined : chosen[column - 1];
      const value = values[index] ?? null;
      return {
        text: topic ? valueTitle(document, topic, value) : 'Not asked in this version',
        change: before === undefined ? '' : changed(changes, values, before, index),
      };
    });
    return { label: labelOf(code, documents), cells };
  });
}

function changed(
  changes: readonly string[],
  values: readonly (string | null)[],
  before: number,
  index: number,
): string {
  if (before === index - 1) return CHANGES[changes[before] ?? ''] ?? '';
  return values[before] === values[index] ? '' : CHANGES['changed']!;
}

function labelOf(code: string, documents: Comparison['documents']): string {
  const all = Object.values(documents).flatMap(({ groups }) =>
    groups.flatMap((group): readonly Topic[] => group.topics),
  );
  return all.find((topic) => topic.code === code)?.text ?? code;
}
