import type { Changed, PersonDetails } from '../../apis/people';
import { precisionOf } from '../../design/civil-date';
import { fieldsOf } from '../../design/form';
import { orNothing, type Submitted } from '../../design/submitted';
import { GROUPS, type GroupCode } from '../../design/person-parts';

/** Reads the parts of a group as posted. A part in which nothing was entered is taken away. */
export function read(group: GroupCode, sent: Submitted): Changed {
  const all: Record<string, unknown> = READERS[group](sent);
  return Object.fromEntries(GROUPS[group].parts.map((part) => [part, all[part] ?? null]));
}

const READERS: Readonly<Record<GroupCode, (sent: Submitted) => Record<string, unknown>>> = {
  names: (sent) => ({
    name: orNothing({ given: sent.text('name.given'), family: sent.text('name.family') }),
    aliases: sent.rows('aliases', (row) => ({
      given: row.text('given'),
      family: row.text('family'),
      // The kind alone is no name.
      kind: row.text('given') || row.text('family') ? row.text('kind') : undefined,
    })),
  }),
  birth: (sent) => ({
    datesOfBirth: sent.rows('datesOfBirth', (row) => {
      const value = row.date('value', { partial: true, what: 'The date of birth' });
      if (value === undefined) return undefined;
      const precision = row.ticked('approximate') ? 'approximate' : precisionOf(value);
      return { value, precision, preferred: row.ticked('preferred') };
    }),
    ageYears: sent.count('ageYears'),
    deceased: sent.text('deceased.answer')
      ? orNothing({ answer: sent.text('deceased.answer'), on: diedOn(sent) })
      : undefined,
    dueDate: sent.date('dueDate', { what: 'The due date' }),
  }),
  addresses: (sent) => ({
    addresses: sent.rows('addresses', (row) => {
      const known = row.text('lines') ?? row.text('postcode');
      return {
        lines: row.lines('lines'),
        postcode: row.text('postcode')?.toUpperCase(),
        kind: known ? row.text('kind') : undefined,
        from: row.date('from', { partial: true, what: 'The date from which they lived there' }),
        to: row.date('to', { partial: true, what: 'The date until which they lived there' }),
        confidential: known ? row.ticked('confidential') : undefined,
      };
    }),
  }),
  numbers: (sent) => ({
    phones: sent.lines('phones'),
    identifiers: sent.rows('identifiers', (row) =>
      row.text('value') ? { kind: row.text('kind') ?? 'other', value: row.text('value') } : undefined,
    ),
  }),
  about: (sent) => ({
    sex: sent.text('sex'),
    gender: sent.text('gender'),
    languages: sent.lines('languages'),
    interpreter: sent.text('interpreter'),
    communicationNeeds: sent.text('communicationNeeds'),
    occupation: sent.text('occupation'),
    school: sent.text('school'),
    gp: sent.text('gp'),
  }),
};

const diedOn = (sent: Submitted): string | undefined =>
  sent.text('deceased.answer') === 'yes'
    ? sent.date('deceased.on', { partial: true, what: 'The date of death' })
    : undefined;

/** The values with which a form begins. */
export function valuesOf(group: GroupCode, person: PersonDetails): Record<string, string | readonly string[]> {
  const parts = Object.fromEntries(GROUPS[group].parts.map((part) => [part, person[part]]));
  // A confidential address that is not shown cannot be changed: it stays as it is.
  const known = person.addresses?.filter((a) => a.postcode ?? a.lines?.length);
  const values = fieldsOf({ ...parts, ...(parts['addresses'] ? { addresses: known } : {}) });
  (person.datesOfBirth ?? []).forEach((b, i) => {
    if (b.precision === 'approximate') values[`datesOfBirth.${i}.approximate`] = 'yes';
  });
  // Lists of lines are shown one a line.
  for (const [name, value] of Object.entries(values)) if (typeof value !== 'string') values[name] = value.join('\n');
  return values;
}

/** Of how many rows a list shows: what there is, and one more. */
export const rowsOf = (values: Readonly<Record<string, unknown>>, list: string): number =>
  Math.max(0, ...Object.keys(values).map((name) => rowIn(name, list))) + 1;
const rowIn = (name: string, list: string): number =>
  name.startsWith(`${list}.`) ? Number(/^\d+/.exec(name.slice(list.length + 1))?.[0] ?? -1) + 1 : 0;

/** The field that a path of the API stands for. */
export const fieldOf = (path: string): string => {
  if (/^(datesOfBirth\.\d+\.value|addresses\.\d+\.(from|to)|deceased\.on|dueDate)$/.test(path)) return `${path}-day`;
  return path.replace(/^(addresses\.\d+\.lines|phones|languages)\.\d+$/, '$1');
};
