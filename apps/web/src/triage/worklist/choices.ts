import { listedStatuses } from '@concordat/contracts';
import type { Area } from '../../apis/identity';
import type { StaffMember } from '../../apis/identity';
import type { Colour, Titled } from '../../apis/practice';
import { wordsOf } from '../../design/filters';
import { hrefOf, type Filter, type WorkAsked } from './query';

/** What the filters of the worklist can be chosen from. */
export interface Lists {
  readonly pathways: readonly Titled[];
  readonly colours: readonly Colour[];
  readonly areas: readonly Area[];
  readonly staff: readonly StaffMember[];
}

interface Choice {
  readonly value: string;
  readonly text: string;
}

const LABELS: Readonly<Record<Filter, string>> = {
  status: 'Status',
  colour: 'Colour',
  pathway: 'About',
  area: 'Area',
  assigned: 'Assigned to',
  overdue: 'Due',
};

/** The filters as fields to choose from. What the view fixes is not offered, but for its statuses. */
export function fieldsFor({ view, chosen }: WorkAsked, lists: Lists) {
  const choices: Record<Filter, readonly Choice[]> = {
    status: listedStatuses.map((s) => ({ value: s, text: wordsOf(s) })),
    colour: unique(lists.colours.map((c) => ({ value: c.code, text: c.title }))),
    pathway: lists.pathways.map((p) => ({ value: p.code, text: p.title })),
    area: lists.areas.map((a) => ({ value: a.id, text: a.name })),
    assigned: [
      { value: 'me', text: 'Me' },
      { value: 'none', text: 'Nobody' },
      ...lists.staff.filter((s) => s.active).map((s) => ({ value: s.id, text: s.name })),
    ],
    overdue: [{ value: 'true', text: 'Overdue only' }],
  };
  return (Object.keys(LABELS) as Filter[])
    .filter((name) => name === 'status' || !(name in view.fixed))
    .map((name) => ({
      name,
      label: LABELS[name],
      value: chosen[name] ?? '',
      blank: name === 'status' && 'status' in view.fixed ? `${view.title} (any)` : 'Any',
      choices: choices[name],
    }));
}

/** What was chosen, in words, each with the address that takes it away. */
export function chosenFor(asked: WorkAsked, fields: ReturnType<typeof fieldsFor>) {
  return fields.flatMap(({ name, label, value, choices }) => {
    if (!value) return [];
    const text = value
      .split(',')
      .map((v) => choices.find((c) => c.value === v)?.text ?? 'Not known')
      .join(' or ');
    return [{ text: `${label}: ${text}`, href: hrefOf(asked, { [name]: null }) }];
  });
}

const unique = (list: readonly Choice[]): Choice[] =>
  list.filter((c, i) => list.findIndex((d) => d.value === c.value) === i);
