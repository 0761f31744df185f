import type { TrailItem } from '../../apis/audit';
import type { Names } from '../../apis/directory';
import { factsOf, lineOf } from '../acts';

export const COLUMNS = [
  'Entry',
  'When (UTC)',
  'What',
  'Outcome',
  'Who',
  'Agency',
  'Role',
  'People (ids)',
  'Records (ids)',
  'Details',
  'As it was sealed',
  'Act (id)',
] as const;

/** One act as a row under COLUMNS, in the words of the trail's page, with whole ids so that rows can be matched. */
export function rowOf(item: TrailItem, names: Names): string[] {
  const line = lineOf(item, names);
  return [
    item.index,
    item.at,
    line.title,
    line.outcomeShown.text,
    line.who.text,
    line.organisation?.text ?? '',
    line.role ?? '',
    item.subjects.join(' '),
    item.objects.map(({ t, id }) => `${t}:${id}`).join(' '),
    factsOf(item, names)
      .map(({ key, value }) => `${key}: ${value}`)
      .join('; '),
    item.erased ? 'Details erased' : item.intact ? 'Yes' : 'No',
    item.eventId,
  ];
}
