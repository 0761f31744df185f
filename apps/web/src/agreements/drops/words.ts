import { civilDateOf } from '../../design/filters';

const FINDINGS: Readonly<Record<string, string>> = {
  unreadable: 'It is not a CSV file, or a quotation mark is not closed',
  'columns-differ': 'Its columns are not those of the set',
  'personal-column': 'A column is named for something personal',
  'too-few-values': 'A line has more or fewer values than there are columns',
  'full-postcode': 'A full postcode',
  'possible-date-of-birth': 'A date outside the quarter, which may be a date of birth',
  'possible-name': 'What may be a name',
  'nhs-number': 'An NHS number',
  contact: 'An email address or a telephone number',
  'not-of-its-kind': 'A value that this column does not take',
};
/** What was found in a file, in words. */
export const findingInWords = (code: string): string => FINDINGS[code] ?? 'Something that is not allowed';

/** `July to September 2026`, by the first day of the quarter. Pure. */
export function quarterInWords(from: string): string {
  const [year, month] = from.split('-').map(Number) as [number, number];
  const last = civilDateOf(`${year}-${String(month + 2).padStart(2, '0')}`);
  return `${civilDateOf(from.slice(0, 7)).replace(/ \d{4}$/, '')} to ${last}`;
}

const SHOWN = 8;

/** The first days of the last quarters that are over, the newest first. Pure. */
export function quartersBefore(today: string): string[] {
  let [year, month] = today.split('-').map(Number) as [number, number];
  month -= (month - 1) % 3;
  return Array.from({ length: SHOWN }, () => {
    month -= 3;
    if (month < 1) [year, month] = [year - 1, month + 12];
    return `${year}-${String(month).padStart(2, '0')}-01`;
  });
}
