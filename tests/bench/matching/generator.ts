import type { Facts } from '@concordat/matching';
import { Chance } from './chance';
import type { Labelled } from './measure';
import { FEMALE, MALE, STREETS, SURNAMES } from './names';

/** How the records of one person come to differ. The rates are ours: assumptions about agencies' records, not measured. */
export interface Disorder {
  readonly typo: number;
  readonly nickname: number;
  readonly initial: number;
  readonly turned: number;
  readonly missingForename: number;
  readonly missingBirth: number;
  readonly missingPlace: number;
  readonly swappedBirth: number;
  readonly yearOnly: number;
  readonly slippedBirth: number;
  readonly moved: number;
  readonly otherSurname: number;
  readonly otherForename: number;
  readonly wrongBirth: number;
  readonly looseAddress: number;
  readonly wrongSex: number;
  readonly numberKnown: number;
}
export const ORDINARY: Disorder = {
  typo: 0.06,
  nickname: 0.08,
  initial: 0.02,
  turned: 0.015,
  missingForename: 0.02,
  missingBirth: 0.08,
  missingPlace: 0.08,
  swappedBirth: 0.01,
  yearOnly: 0.02,
  slippedBirth: 0.03,
  moved: 0.2,
  otherSurname: 0.04,
  otherForename: 0.02,
  wrongBirth: 0.01,
  looseAddress: 0.1,
  wrongSex: 0.005,
  numberKnown: 0.25,
};

/** Offsets with which the commonest forename has some 4 in 100, the commonest surname 1 in 100. */
const FORENAMES = 10;
const surnameBy = (chance: Chance): string => chance.zipf(SURNAMES, 20);

interface Place {
  readonly postcode: string;
  readonly lines: string[];
}
interface Person {
  readonly sex: 'female' | 'male';
  readonly given: string;
  readonly family: string;
  readonly birth: string;
  readonly place: Place;
  readonly nhs: string;
  readonly phone: string;
}

/**
 * People in families, with twins and namesakes of another generation, and for some of them further records that differ as
 * records of agencies do. `nicknames` are the pack's. Repeatable by its seed; nobody in it exists (NHS numbers begin 999,
 * postcodes ZZ, telephone numbers are those kept for fiction).
 */
export function generated(
  seed: number,
  people: number,
  nicknames: readonly (readonly string[])[],
  {
    duplicates = 0.3,
    disorder = ORDINARY,
    among = people,
  }: {
    duplicates?: number;
    disorder?: Disorder;
    /** How many live in the place that they are some of: it has a postcode for every thirty. */
    among?: number;
  } = {},
): Labelled[] {
  const chance = new Chance(seed);
  const population = families(chance, people, among);
  const records: Labelled[] = [];
  population.forEach((person, i) => {
    records.push({ person: i, facts: recorded(chance, person, FIRST, nicknames) });
    while (chance.happens(duplicates))
      records.push({ person: i, facts: recorded(chance, person, disorder, nicknames) });
  });
  return records;
}

/** A first record is not faultless either: it may lack what nobody asked for. */
const FIRST: Disorder = {
  ...ORDINARY,
  typo: 0.005,
  nickname: 0.02,
  initial: 0,
  turned: 0.001,
  swappedBirth: 0,
  slippedBirth: 0.002,
  moved: 0,
  otherSurname: 0,
  otherForename: 0,
  wrongBirth: 0,
  looseAddress: 0,
};

function families(chance: Chance, size: number, among: number): Person[] {
  const people: Person[] = [];
  while (people.length < size) {
    const family = surnameBy(chance);
    const place = placeOf(chance, among);
    const adults = 1 + chance.below(2);
    const born = 1935 + chance.below(70);
    const household: Person[] = [];
    for (let i = 0; i < adults; i++)
      household.push(
        personOf(chance, family, birthIn(chance, born + chance.below(6)), place, i % 2 === 0 ? 'female' : 'male'),
      );
    const children = chance.happens(0.5) ? 1 + chance.below(3) : 0;
    for (let i = 0; i < children; i++) {
      const child = personOf(chance, family, birthIn(chance, born + 22 + chance.below(16)), place);
      const namesake = household.find((p) => p.sex === child.sex && chance.happens(0.02));
      household.push(namesake ? { ...child, given: namesake.given } : child);
      if (chance.happens(0.015))
        household.push({ ...personOf(chance, family, child.birth, place), given: otherThan(chance, child) });
    }
    people.push(...household);
  }
  return people.slice(0, size);
}

function otherThan(chance: Chance, { given }: Person): string {
  for (;;) {
    const other = chance.zipf(chance.happens(0.5) ? FEMALE : MALE, FORENAMES);
    if (other !== given) return other;
  }
}

function personOf(
  chance: Chance,
  family: string,
  birth: string,
  place: Place,
  sex: Person['sex'] = chance.happens(0.5) ? 'female' : 'male',
): Person {
  return {
    sex,
    family,
    birth,
    place,
    given: chance.zipf(sex === 'female' ? FEMALE : MALE, FORENAMES),
    nhs: nhsNumber(chance),
    phone: `07700 900${String(chance.below(1000)).padStart(3, '0')}`,
  };
}

/** One record of a person, as some agency has it. */
function recorded(chance: Chance, person: Person, d: Disorder, nicknames: readonly (readonly string[])[]): Facts {
  let given = person.given;
  let family = person.family;
  if (chance.happens(d.otherForename)) given = otherThan(chance, person);
  else if (chance.happens(d.nickname)) given = familiar(chance, given, nicknames);
  else if (chance.happens(d.initial)) given = given[0] ?? '';
  if (chance.happens(d.otherSurname))
    family = chance.happens(0.3) ? `${family}-${surnameBy(chance)}` : surnameBy(chance);
  if (chance.happens(d.typo)) given = mistyped(chance, given);
  if (chance.happens(d.typo)) family = mistyped(chance, family);
  if (chance.happens(d.missingForename)) given = '';
  if (chance.happens(d.turned)) [given, family] = [family, given];
  const home = chance.happens(d.moved) ? placeOf(chance, 5_000) : person.place;
  const place = chance.happens(d.looseAddress) ? { ...home, lines: home.lines.map((l) => loosely(chance, l)) } : home;
  const sex = chance.happens(d.wrongSex) ? (person.sex === 'female' ? 'male' : 'female') : person.sex;
  return {
    names: [{ given, family }],
    births: birthsOf(chance, person.birth, d),
    sex: chance.happens(0.1) ? 'not-known' : sex,
    places: chance.happens(d.missingPlace)
      ? []
      : [
          {
            postcode: chance.happens(d.typo) ? mistyped(chance, place.postcode) : place.postcode,
            lines: place.lines.map((l) => (chance.happens(d.typo) ? mistyped(chance, l) : l)),
          },
        ],
    phones: chance.happens(0.3)
      ? [chance.happens(d.moved) ? `07700 900${String(chance.below(1000)).padStart(3, '0')}` : person.phone]
      : [],
    identifiers: chance.happens(d.numberKnown) ? [{ kind: 'nhs-number', value: person.nhs }] : [],
  };
}

function birthsOf(chance: Chance, birth: string, d: Disorder): { value: string }[] {
  const [year = '', month = '', day = ''] = birth.split('-');
  if (chance.happens(d.missingBirth)) return [];
  if (chance.happens(d.wrongBirth)) return [{ value: birthIn(chance, Number(year) - 3 + chance.below(7)) }];
  if (chance.happens(d.yearOnly)) return [{ value: year }];
  if (chance.happens(d.swappedBirth) && Number(day) <= 12) return [{ value: `${year}-${day}-${month}` }];
  if (chance.happens(d.slippedBirth)) {
    const at = chance.of([3, 3, 6, 9, 2]);
    const slipped = birth.slice(0, at) + String(chance.below(10)) + birth.slice(at + 1);
    return [{ value: slipped }];
  }
  return [{ value: birth }];
}

function familiar(chance: Chance, given: string, nicknames: readonly (readonly string[])[]): string {
  const group = nicknames.find((names) => names.includes(given.toLowerCase()));
  return group ? chance.of(group) : given;
}

/** An address as somebody remembers it: without its number, or with the kind of street cut short. */
const loosely = (chance: Chance, line: string): string =>
  chance.happens(0.4) ? line.replace(/^\d+ /, '') : line.replace(/ (\w)\w+$/, ' $1');

const KEYS = 'abcdefghijklmnopqrstuvwxyz';
/** One slip: a letter wrong, lost, doubled or changed round with its neighbour. */
export function mistyped(chance: Chance, text: string): string {
  if (text.length < 2) return text;
  const at = chance.below(text.length - 1);
  const [before, here, after] = [text.slice(0, at), text[at] ?? '', text.slice(at + 1)];
  switch (chance.below(4)) {
    case 0:
      return before + chance.of([...KEYS]) + after;
    case 1:
      return before + after;
    case 2:
      return before + here + here + after;
    default:
      return before + (after[0] ?? '') + here + after.slice(1);
  }
}

function placeOf(chance: Chance, people: number): Place {
  const postcodes = Math.max(20, Math.round(people / 30));
  const n = (chance.below(postcodes) * 7919) % 396_000; // scattered, as the postcodes of a place are over its districts
  const letters = 'ABDEFGHJLNPQRSTUWXYZ';
  const inward = `${n % 10}${letters[Math.floor(n / 10) % 20]}${letters[Math.floor(n / 200) % 20]}`;
  return {
    postcode: `ZZ${1 + (Math.floor(n / 4000) % 99)} ${inward}`,
    lines: [`${1 + chance.below(60)} ${STREETS[n % STREETS.length]}`],
  };
}

function birthIn(chance: Chance, year: number): string {
  return new Date(Date.UTC(year, 0, 1 + chance.below(365))).toISOString().slice(0, 10);
}

/** Ten digits beginning 999, which is never issued to anybody, with the check digit (modulo 11) right. */
export function nhsNumber(chance: Chance): string {
  for (;;) {
    const digits = `999${String(chance.below(1_000_000)).padStart(6, '0')}`;
    const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return digits + String(check);
  }
}
