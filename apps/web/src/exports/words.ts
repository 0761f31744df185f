import type { Action } from '@concordat/contracts';
import type { Export, ExportType } from '../apis/exports';

/** What can be taken out, and who may. The records context checks again. */
export const TYPES: readonly { readonly value: ExportType; readonly text: string; readonly may: Action }[] = [
  { value: 'cases', text: 'Cases: one line for each case', may: 'export.cases' },
  { value: 'people', text: 'People: one line for each person in a case', may: 'export.people' },
];
export const FORMATS: readonly { readonly value: string; readonly text: string; readonly may: Action }[] = [
  { value: 'csv', text: 'For a spreadsheet (CSV)', may: 'export.request' },
  { value: 'json', text: 'For a program (JSON lines)', may: 'export.as-json' },
];

export const typeTitle = ({ type }: Pick<Export, 'type'>): string => (type === 'people' ? 'People' : 'Cases');

const SIZES = ['bytes', 'KB', 'MB', 'GB'] as const;

/** A length as people read it: `1.5 MB`. */
export function sizeText(bytes: number): string {
  const at = Math.min(SIZES.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** at;
  return `${at === 0 ? value : value.toFixed(1)} ${SIZES[at]}`;
}
