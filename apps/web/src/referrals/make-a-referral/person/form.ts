import type { PersonContent } from '../../../apis/referral-content';
import { precisionOf } from '../../../design/civil-date';
import { compact, orNothing, type Submitted } from '../../../design/submitted';

/** Reads a person. `ref` names them within the referral. */
export function readPerson(sent: Submitted, ref: string): PersonContent {
  return compact({
    ref,
    roles: sent.list('roles'),
    name: orNothing({ given: sent.text('name.given'), family: sent.text('name.family') }),
    aliases: sent.rows('aliases', (row) => ({
      given: row.text('given'),
      family: row.text('family'),
      kind: row.text('kind'),
    })),
    datesOfBirth: sent.rows('datesOfBirth', (row) => {
      const value = row.date('value', { partial: true, what: 'The date of birth' });
      if (value === undefined) return undefined;
      return { value, precision: row.ticked('approximate') ? 'approximate' : precisionOf(value) };
    }),
    ageYears: sent.count('ageYears'),
    sex: sent.text('sex'),
    gender: sent.text('gender'),
    addresses: sent.rows('addresses', (row) => ({
      lines: row.lines('lines'),
      postcode: row.text('postcode')?.toUpperCase(),
      // The kind alone is no address.
      kind: row.text('lines') || row.text('postcode') ? row.text('kind') : undefined,
      confidential: row.ticked('confidential'),
    })),
    phones: sent.lines('phones'),
    nhsNumber: sent.text('nhsNumber'),
    policeReference: sent.text('policeReference'),
    housingReference: sent.text('housingReference'),
    languages: sent.lines('languages'),
    interpreter: sent.text('interpreter'),
    communicationNeeds: sent.text('communicationNeeds'),
    occupation: sent.text('occupation'),
    school: sent.text('school'),
    gp: sent.text('gp'),
    dueDate: sent.date('dueDate', { what: 'The due date' }),
  }) as unknown as PersonContent;
}

/** A person's fields stand for the paths of the content, where the person is one of several. */
export const fieldOfPerson =
  (index: number) =>
  (path: string): string => {
    const within = path.startsWith(`people.${index}.`) ? path.slice(`people.${index}.`.length) : path;
    if (/^datesOfBirth\.\d+\.value$/.test(within) || within === 'dueDate') return `${within}-day`;
    if (/^addresses$/.test(within)) return 'addresses.0.lines';
    return within.replace(/^(addresses\.\d+\.lines|phones|languages)\.\d+$/, '$1');
  };

/** The next free ref: p1, p2, … */
export function newRef(people: readonly PersonContent[]): string {
  const taken = people.map((p) => Number(/^p(\d+)$/.exec(p.ref)?.[1] ?? 0));
  return `p${Math.max(0, ...taken) + 1}`;
}
