import type { Prepared } from './facts';
import { soundCode } from './similarity';

/**
 * blockingKeys names the groups within which a person is looked for (blocking, Fellegi and Sunter §4.2): whoever shares none
 * of them is not compared. Each key is fine enough to hold some hundred of a million people, and each survives a slip in what
 * the others hold. They begin with a letter for their kind:
 *
 *   d  date of birth, and with day and month changed round     n  sound of both names, in either order
 *   s  sound of the surname and year of birth                  g  sound of the forename, month and day of birth
 *   p  postcode                                                h  sound of the surname and house number with street's sound
 *   t  telephone number                                        i  identifier of any kind
 */
export function blockingKeys(person: Prepared): string[] {
  const keys = new Set<string>();
  const add = (kind: string, ...parts: string[]): void => {
    if (parts.every((part) => part !== '')) keys.add(kind + parts.join('.'));
  };
  const sounds = person.names.map(({ given, family }) => ({
    given: soundOf(given[0]),
    family: soundOf(family.join('')),
    last: soundOf(family.at(-1)),
  }));
  for (const { given, family, last } of sounds) {
    for (const surname of new Set([family, last])) add('n', ...[given, surname].sort());
    for (const { year, month, day } of person.births) {
      for (const surname of new Set([family, last, given])) add('s', surname, year);
      if (day === '') continue;
      for (const name of new Set([given, family])) add('g', name, ...[month, day].sort());
    }
  }
  for (const { year, month, day } of person.births) if (day !== '') add('d', year, ...[month, day].sort());
  for (const { postcode, words } of person.places) {
    add('p', postcode);
    const list = [...words];
    const number = list.find((w) => /^\d+[a-z]?$/.test(w)) ?? '';
    const street = list.find((w) => /^[a-z]{3,}$/.test(w));
    add('h', number, soundOf(street));
  }
  for (const phone of person.phones) add('t', phone);
  for (const [kind, values] of person.identifiers) for (const value of values) add('i', kind, value);
  return [...keys];
}

const soundOf = (word: string | undefined): string =>
  word === undefined || word === '' ? '' : soundCode(word) || word;
