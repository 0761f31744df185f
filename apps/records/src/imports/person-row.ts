import type { CivilDay } from '@concordat/clocks';
import { personParts, referralVocabulary as words, type FieldProblem, type PersonPart } from '@concordat/contracts';
import { IsCivilDay, PartOf, Text } from '@concordat/platform';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { spanOf } from '../chronology';
import type { FileRow } from '../imported-file';
import { sameness, type PersonDetails } from '../person';
import { PersonDetailsDto } from '../person.dto';
import { fileCorrection, type FileCorrection } from '../imported-correction';
import { digestOf } from './digest';

/** A row of a file of people: who somebody is, in the words of the API, and what they are in the case. */
export class ImportedPersonDto {
  @IsString() @MinLength(1) @MaxLength(200) record!: string;
  @IsString() @MinLength(1) @MaxLength(200) case!: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(6) @IsIn(words.personRole, { each: true }) role!: string[];
  @Text(200) author?: string;
  @IsOptional() @IsCivilDay() recordedOn?: string;
  @PartOf(() => PersonDetailsDto) person!: PersonDetailsDto;
}

const NUMBERS = {
  nhsNumber: 'nhs-number',
  policeReference: 'police',
  housingReference: 'housing',
  socialCareReference: 'social-care',
} as const;
const ALONE = ['sex', 'gender', 'interpreter', 'communicationNeeds', 'occupation', 'school', 'gp'] as const;
/** In which column a part of somebody stands; of dates of birth and identifiers, which item it is says so. */
const COLUMN_OF: Readonly<Record<string, string>> = { 'name.given': 'given', 'name.family': 'family' };

/** A row as `ImportedPersonDto` has it, and the column in which something of that stands. */
export interface PersonGiven {
  readonly given: object;
  readonly columnOf: (path: string) => string;
}

/**
 * personGiven reads the cells of a row. Lists are divided by semicolons, and the parts of an alias or an address by bars: `given |
 * family | kind` and `kind | lines, with commas | postcode | from | to | confidential`. JSON may hold lists of objects instead, as
 * the API does. What it cannot read stays as it is, to be found wrong where it stands. Pure.
 */
export function personGiven(cells: FileRow['cells']): PersonGiven {
  const births = [
    ...('born' in cells ? [['born', { value: cells['born'], precision: cells['bornPrecision'] }] as const] : []),
    ...listed(cells['otherBorn']).map((value) => ['otherBorn', { value }] as const),
  ];
  const numbers = Object.entries(NUMBERS).flatMap(([column, kind]) =>
    column in cells ? [[column, { kind, value: spaced(kind, cells[column]) }] as const] : [],
  );
  const person = defined({
    name:
      'given' in cells || 'family' in cells ? defined({ given: cells['given'], family: cells['family'] }) : undefined,
    aliases: itemsOf(cells['aliases'], ([given, family, kind]) => ({ given, family, kind })),
    datesOfBirth:
      births.length > 0
        ? births.map(([, b], i) => defined({ ...b, preferred: i === 0 && births.length > 1 ? true : undefined }))
        : undefined,
    deceased:
      'deceased' in cells || 'deceasedOn' in cells
        ? defined({ answer: cells['deceased'], on: cells['deceasedOn'] })
        : undefined,
    addresses: itemsOf(cells['addresses'], addressOf),
    phones: 'phones' in cells ? listed(cells['phones']) : undefined,
    identifiers: numbers.length > 0 ? numbers.map(([, n]) => n) : undefined,
    languages: 'languages' in cells ? listed(cells['languages']) : undefined,
    ...Object.fromEntries(ALONE.map((column) => [column, cells[column]])),
  });
  const { record, author, recordedOn } = cells;
  const given = defined({
    record,
    case: cells['case'],
    role: 'role' in cells ? listed(cells['role']) : undefined,
    author,
    recordedOn,
    person,
  });
  const columnOf = (path: string): string => {
    const at = path.replace(/^person\./, '');
    const [part = '', n = ''] = at.split('.');
    if (part === 'datesOfBirth')
      return at.endsWith('.precision') ? 'bornPrecision' : (births[Number(n)]?.[0] ?? 'born');
    if (part === 'identifiers') return numbers[Number(n)]?.[0] ?? 'nhsNumber';
    if (part === 'deceased') return at === 'deceased.on' ? 'deceasedOn' : 'deceased';
    return COLUMN_OF[at] ?? (part === 'name' ? 'given' : part);
  };
  return { given, columnOf };
}

/** What does not fit the calendar, or says nothing of anybody. Pure. */
export function personMisfits({ person }: ImportedPersonDto, cells: FileRow['cells'], today: CivilDay): FieldProblem[] {
  const late = (day: string | undefined): boolean => day !== undefined && spanOf({ starts: day }).earliest > today;
  const problem = (field: string): FieldProblem => ({
    field,
    code: 'date.in-future',
    message: 'This must not be after today',
  });
  const [first, ...others] = person.datesOfBirth ?? [];
  return [
    ...(personParts.some((part) => person[part] !== undefined)
      ? []
      : [{ field: 'family', code: 'required', message: 'Say something of who they are' }]),
    ...(late(first?.value) ? [problem('born' in cells ? 'born' : 'otherBorn')] : []),
    ...(others.some((b) => late(b.value)) ? [problem('otherBorn')] : []),
    ...(late(person.deceased?.on) ? [problem('deceasedOn')] : []),
  ];
}

/** What is kept of what was said of somebody: enough to tell by column what another file says otherwise. */
export interface PersonSaid {
  readonly role: readonly string[];
  readonly author?: string;
  readonly recordedOn?: string;
  readonly digests: Readonly<Partial<Record<PersonPart, string>>>;
}

/** saidOf is that of a row. Pure. */
export function saidOf({ role, author, recordedOn, person }: ImportedPersonDto): PersonSaid {
  const details = person as PersonDetails;
  const digests = Object.fromEntries(
    personParts.flatMap((part) => (details[part] === undefined ? [] : [[part, digestOf(sameness(details[part]))]])),
  );
  return { role: [...new Set(role)].sort(), ...(author && { author }), ...(recordedOn && { recordedOn }), digests };
}

/** The columns that stand for a part. */
const COLUMNS: Readonly<Partial<Record<PersonPart, string>>> = {
  name: 'family',
  datesOfBirth: 'born',
  identifiers: 'nhsNumber',
};

/** The columns in which two rows of one person say something else; of another case of theirs, the part may differ. Pure. */
export function differingColumns(before: PersonSaid, now: PersonSaid, isSameCase: boolean): string[] {
  const parts = personParts.filter((part) => before.digests[part] !== now.digests[part]);
  return [
    ...(isSameCase && before.role.join() !== now.role.join() ? ['role'] : []),
    ...columnsOf(parts),
    ...(isSameCase && before.author !== now.author ? ['author'] : []),
    ...(isSameCase && before.recordedOn !== now.recordedOn ? ['recordedOn'] : []),
  ];
}

/** personCorrection is what a file does to what is known of somebody whom it brought in before, by part. Pure. */
export const personCorrection = (
  before: PersonSaid,
  now: PersonSaid,
  here: PersonDetails,
): FileCorrection<PersonPart> =>
  fileCorrection(personParts, {
    before: (part) => before.digests[part],
    // What a file does not say any more is no correction: it stays as it is here.
    now: (part) => now.digests[part] ?? before.digests[part],
    here: (part) => (here[part] === undefined ? undefined : digestOf(sameness(here[part]))),
  });

/** The columns in which parts stand. Pure. */
export const columnsOf = (parts: readonly PersonPart[]): string[] => parts.map((part) => COLUMNS[part] ?? part);

function addressOf([kind, lines, postcode, from, to, confidential]: readonly (string | undefined)[]) {
  return {
    ...{
      kind,
      lines: lines
        ?.split(',')
        .map((line) => line.trim())
        .filter(Boolean),
      postcode,
      from,
      to,
    },
    confidential:
      confidential === undefined ? undefined : confidential.toLowerCase() === 'confidential' ? true : confidential,
  };
}

/** An NHS number is kept as one word, as intake keeps it. */
const spaced = (kind: string, value: unknown): unknown =>
  kind === 'nhs-number' && typeof value === 'string' ? value.replace(/\s/g, '') : value;

const listed = (cell: unknown): unknown[] => {
  if (typeof cell !== 'string') return Array.isArray(cell) ? (cell as unknown[]) : cell === undefined ? [] : [cell];
  return cell
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
};

function itemsOf(cell: unknown, of: (parts: readonly (string | undefined)[]) => object): unknown[] | undefined {
  if (cell === undefined) return undefined;
  return listed(cell).map((item) =>
    typeof item === 'string' ? defined(of(item.split('|').map((part) => part.trim() || undefined))) : item,
  );
}

const defined = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Partial<T>;
