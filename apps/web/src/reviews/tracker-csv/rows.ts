import type { Names } from '../../apis/directory';
import type { Tracked } from '../../apis/recommendations';
import { LEVELS, RESPONSES, SOURCES, STATES } from '../recommendation-words';

export const COLUMNS = [
  ...['Review', 'Kind', 'Recommendation', 'Text', 'Level', 'From', 'Theme', 'Owner', 'Answer', 'Repeats'],
  ...['Action', 'What is to be done', 'Lead', 'Agency', 'State', 'Original date', 'Due', 'Times revised', 'Overdue'],
];

/** A line of the tracker for a spreadsheet. Pure. */
export function rowOf(item: Tracked, names: Names): (string | number)[] {
  const { action } = item;
  return [
    ...[item.reference, item.kindCode, `R${item.number}`, item.text, LEVELS[item.level], SOURCES[item.source]],
    ...[item.theme, item.department ?? names.organisation(item.ownerOrg)],
    ...[item.response ? RESPONSES[item.response] : 'Not answered yet', item.repeats],
    ...(action
      ? [
          ...[`R${item.number}.${action.number}`, action.text, names.person(action.leadId)],
          ...[names.organisation(action.leadOrg), STATES[action.state].text, action.original, action.due],
          ...[action.revised, action.overdue ? 'Yes' : 'No'],
        ]
      : ['', '', '', '', '', '', '', '', '']),
  ];
}
