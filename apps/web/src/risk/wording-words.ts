import type { WordableInstrument, WordingFile, WordingRow, WordingState } from '../apis/wordings';
import type { Visit } from '../session/visit';

export const STATES: Readonly<Record<WordingState, { readonly text: string; readonly colour: string }>> = {
  'in-force': { text: 'Asked in now', colour: 'green' },
  outdated: { text: 'Load it again: our topics changed', colour: 'orange' },
  replaced: { text: 'Replaced', colour: 'grey' },
  removed: { text: 'Removed', colour: 'grey' },
};

/** Whoever coordinates forums comes from there, administrators from theirs. */
export const backOf = (visit: Visit) =>
  visit.may('membership.list')
    ? { text: 'Back to administration', href: '/administration' }
    : { text: 'Back to meetings', href: '/forums' };

/** Of what form a text is, by how it begins. Pure. */
export function formatOf(content: string): WordingFile['format'] {
  if (/^\s*[[{]/.test(content)) return 'json';
  const [first = ''] = content.trimStart().split('\n', 1);
  return /(?:^|,)\s*"?key"?\s*(?:,|$)/i.test(first) ? 'csv' : 'yaml';
}

/** What to begin with: each key with the text that it has, or with none. Pure. */
export const templateOf = ({ keys }: Pick<WordableInstrument, 'keys'>, rows: readonly WordingRow[]): string => {
  const texts = new Map(rows.map(({ key, text }) => [key, text]));
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  return ['key,text', ...keys.map(({ key }) => `${key},${quoted(texts.get(key) ?? '')}`)].join('\n');
};
