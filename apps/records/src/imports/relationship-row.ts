import type { CivilDay } from '@concordat/clocks';
import { referralVocabulary as words, type FieldProblem } from '@concordat/contracts';
import { IsCivilDate, IsCivilDay, Text } from '@concordat/platform';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { endsBefore, spanOf } from '../chronology';
import { fileCorrection, type FileCorrection } from '../imported-correction';
import type { Relationship, RelationshipOrigin } from '../relationships.repository';

/** A row of a file of relationships: the person is the `relationship` of the other, both as the other system calls them. */
export class ImportedRelationshipDto {
  @IsString() @MinLength(1) @MaxLength(200) record!: string;
  @IsString() @MinLength(1) @MaxLength(200) person!: string;
  @IsIn(words.relationship) relationship!: string;
  @IsString() @MinLength(1) @MaxLength(200) other!: string;
  @IsOptional() @IsCivilDate() since?: string;
  @IsOptional() @IsCivilDate() until?: string;
  @Text(200) author?: string;
  @IsOptional() @IsCivilDay() recordedOn?: string;
}

/** What does not fit the calendar, or is no relationship. Pure. */
export function relationshipMisfits(dto: ImportedRelationshipDto, today: CivilDay): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, code: string, message: string): void => void problems.push({ field, code, message });
  const { person, other, since, until } = dto;
  if (person === other) wrong('other', 'person.same', 'This must be another person');
  for (const [field, day] of Object.entries({ since, until }))
    if (day !== undefined && spanOf({ starts: day }).earliest > today)
      wrong(field, 'date.in-future', 'This must not be after today');
  if (since !== undefined && until !== undefined && endsBefore({ starts: since, ends: until }))
    wrong('until', 'date.before-start', 'This must not be before the beginning');
  return problems;
}

/** What a file says of a relationship, as it is kept beside it. Pure. */
export function relationshipOrigin(dto: ImportedRelationshipDto, source: string): RelationshipOrigin {
  const { record, relationship: kind, since = null, until = null, author, recordedOn } = dto;
  return {
    ...{ source, record, said: { kind, since, until } },
    ...(author && { author }),
    ...(recordedOn && { recordedOn }),
  };
}

const COLUMNS = ['relationship', 'since', 'until', 'author', 'recordedOn'] as const;
type Column = (typeof COLUMNS)[number];

/** relationshipCorrection is what a file does to a relationship that it brought in before, by column. Pure. */
export function relationshipCorrection(
  {
    kind,
    since,
    until,
    origin,
  }: Pick<Relationship, 'kind' | 'since' | 'until'> & { readonly origin: RelationshipOrigin },
  now: RelationshipOrigin,
): FileCorrection<Column> {
  const saidBy =
    (of: RelationshipOrigin, as = of.said) =>
    (column: Column): string =>
      ({ relationship: as.kind, since: as.since, until: as.until, author: of.author, recordedOn: of.recordedOn })[
        column
      ] ?? '';
  return fileCorrection(COLUMNS, {
    ...{ before: saidBy(origin), now: saidBy(now) },
    here: saidBy(origin, { kind, since, until }),
  });
}
