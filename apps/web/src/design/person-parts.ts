import { personParts, type PersonPart } from '@concordat/contracts';
import type { Names } from '../apis/directory';
import type { PersonDetails, Source } from '../apis/people';
import { civilDateOf, dateOf, nhsNumberOf } from './filters';
import { identifierTitle } from './referral-sections';
import { NOT_SHOWN, titleOf } from './words';

export const PART_TITLES: Readonly<Record<PersonPart, string>> = {
  name: 'Name',
  aliases: 'Other names',
  datesOfBirth: 'Date of birth',
  ageYears: 'Age',
  deceased: 'Has died',
  sex: 'Sex',
  gender: 'Gender',
  addresses: 'Addresses',
  phones: 'Telephone',
  identifiers: 'Numbers',
  languages: 'Languages',
  interpreter: 'Interpreter',
  communicationNeeds: 'Communication needs',
  occupation: 'Occupation',
  school: 'School',
  gp: 'GP',
  dueDate: 'Due date',
};

/** What is corrected together, on one page. */
export const GROUPS = {
  names: { title: 'Names', parts: ['name', 'aliases'] },
  birth: { title: 'Birth and death', parts: ['datesOfBirth', 'ageYears', 'deceased', 'dueDate'] },
  addresses: { title: 'Addresses', parts: ['addresses'] },
  numbers: { title: 'Telephone and other numbers', parts: ['phones', 'identifiers'] },
  about: {
    title: 'About them',
    parts: ['sex', 'gender', 'languages', 'interpreter', 'communicationNeeds', 'occupation', 'school', 'gp'],
  },
} as const satisfies Record<string, { title: string; parts: readonly PersonPart[] }>;
export type GroupCode = keyof typeof GROUPS;

const joined = (parts: readonly (string | undefined | null)[], by = ', '): string => parts.filter(Boolean).join(by);
const period = (from?: string | null, to?: string | null): string =>
  from || to ? `(${joined([from && `from ${civilDateOf(from)}`, to && `to ${civilDateOf(to)}`], ' ')})` : '';

/** A part as a page shows it, a line for each of its items. With names, each line ends in where it comes from. */
export function partText(part: PersonPart, value: unknown, names?: Names): string {
  if (value === undefined || value === null) return '';
  const d = { [part]: value } as PersonDetails;
  const from = (source: Source | undefined): string | undefined =>
    names && source ? `– ${names.organisation(source.orgId)}, ${dateOf(source.at)}` : undefined;
  switch (part) {
    case 'name':
      return joined([d.name?.given, d.name?.family, from(d.name?.source)], ' ');
    case 'aliases':
      return joined(
        (d.aliases ?? []).map((a) =>
          joined([a.given, a.family, a.kind && `(${titleOf(a.kind).toLowerCase()})`, from(a.source)], ' '),
        ),
        '\n',
      );
    case 'datesOfBirth':
      return joined(
        (d.datesOfBirth ?? []).map((b) =>
          joined(
            [
              civilDateOf(b.value),
              b.precision === 'approximate' ? '(approximate)' : '',
              b.preferred ? '(preferred)' : '',
              from(b.source),
            ],
            ' ',
          ),
        ),
        '\n',
      );
    case 'addresses':
      return joined(
        (d.addresses ?? []).map((a) =>
          joined(
            [
              joined(
                [
                  a.kind && `${titleOf(a.kind)}:`,
                  joined([...(a.lines ?? []), a.postcode]) || (a.confidential ? NOT_SHOWN : ''),
                ],
                ' ',
              ),
              period(a.from, a.to),
              a.confidential ? '(confidential)' : '',
              from(a.source),
            ],
            ' ',
          ),
        ),
        '\n',
      );
    case 'identifiers':
      return joined(
        (d.identifiers ?? []).map((i) =>
          joined(
            [`${identifierTitle(i.kind)}: ${i.kind === 'nhs-number' ? nhsNumberOf(i.value) : i.value}`, from(i.source)],
            ' ',
          ),
        ),
        '\n',
      );
    case 'deceased':
      return joined([titleOf(d.deceased?.answer), d.deceased?.on && civilDateOf(d.deceased.on)]);
    case 'phones':
    case 'languages':
      return (d[part] ?? []).join('\n');
    case 'dueDate':
      return civilDateOf(d.dueDate);
    case 'sex':
    case 'interpreter':
      return titleOf(d[part]);
    case 'ageYears':
      return String(d.ageYears);
    default:
      return d[part] ?? '';
  }
}

/** All parts that either of two records knows, side by side. */
export const sideBySide = (a: PersonDetails, b: PersonDetails) =>
  personParts.flatMap((part) => {
    const [one, other] = [partText(part, a[part]), partText(part, b[part])];
    return one === '' && other === '' ? [] : [{ part, title: PART_TITLES[part], one, other, same: one === other }];
  });

/** Whether a person's sides differ in a part about which both know something: somebody has to choose. */
export const toChoose = (a: PersonDetails, b: PersonDetails) =>
  sideBySide(a, b).filter((s) => !s.same && a[s.part] !== undefined && b[s.part] !== undefined);
