import type { Entry } from '../../apis/chronology';
import type { lineOf } from '../chronology-lines';

export const COLUMNS = [
  'From',
  'To',
  'About',
  'Agency',
  'Category',
  'What happened',
  'Comment',
  'People',
  'Agency’s reference',
  'Third party',
  'Sensitive',
  'State',
  'Reason for the last change',
  'First written down by',
  'First written down on',
  'Recorded (UTC)',
  'Version',
  'Entry (id)',
] as const;

/** One entry as a row under COLUMNS. Dates are written as exactly as they are known: 2025-09 is a month. */
export const rowOf = (line: ReturnType<typeof lineOf<Entry>>): string[] => [
  line.starts,
  line.ends ?? '',
  line.about ? 'Yes' : '',
  line.agency,
  line.categoryTitle,
  line.fact ?? '',
  line.comment ?? '',
  line.peopleNames,
  line.sourceRef ?? '',
  line.thirdParty ? 'Yes' : '',
  line.sensitive ? 'Yes' : '',
  line.what,
  line.reason ?? '',
  line.original?.author ?? '',
  line.original?.recordedOn ?? '',
  line.recordedAt,
  String(line.version),
  line.id,
];
