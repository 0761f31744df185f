import { deceasedAnswers, identifierKinds, referralVocabulary as words } from '@concordat/contracts';
import { IsCivilDate, isNhsNumber, PartOf, PartsOf, PHONE, POSTCODE, Text, Texts } from '@concordat/platform';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
} from 'class-validator';

class NameDto {
  @Text(100) given?: string;
  @Text(100) family?: string;
}
class AliasDto extends NameDto {
  @IsOptional() @IsIn(words.aliasKind) kind?: string;
}
class DateOfBirthDto {
  @IsCivilDate() value!: string;
  @IsOptional() @IsIn(words.datePrecision) precision?: string;
  @IsOptional() @IsBoolean() preferred?: boolean;
}
class DeceasedDto {
  @IsIn(deceasedAnswers) answer!: string;
  @IsOptional() @IsCivilDate() on?: string;
}
class AddressDto {
  @IsOptional() @IsIn(words.addressKind) kind?: string;
  @Texts(6, 100) lines?: string[];
  @IsOptional() @Matches(POSTCODE, { message: 'This must be a full UK postcode' }) postcode?: string;
  @IsOptional() @IsCivilDate() from?: string;
  @IsOptional() @IsCivilDate() to?: string;
  /** Not to be told to anybody outside the agency that recorded it. */
  @IsOptional() @IsBoolean() confidential?: boolean;
}

/** An NHS number is checked by its check digit; other numbers are whatever their agency writes, zeros in front included. */
const IsIdentifier = () =>
  ValidateBy(
    {
      name: 'isIdentifier',
      validator: {
        validate: (value, at) => (at?.object as IdentifierDto).kind !== 'nhs-number' || isNhsNumber(value),
        defaultMessage: () => 'This must be a 10-digit NHS number',
      },
    },
    { context: { code: 'not-an-nhs-number' } },
  );
class IdentifierDto {
  @IsIn(identifierKinds) kind!: (typeof identifierKinds)[number];
  @IsString() @MinLength(1) @MaxLength(50) @IsIdentifier() value!: string;
}

/** What is known of a person. In a correction a part that is sent takes the place of the part; null takes it away. */
export class PersonDetailsDto {
  @PartOf(() => NameDto) name?: NameDto | null;
  @PartsOf(20, () => AliasDto) aliases?: AliasDto[] | null;
  @PartsOf(10, () => DateOfBirthDto) datesOfBirth?: DateOfBirthDto[] | null;
  @IsOptional() @IsInt() @Min(0) @Max(130) ageYears?: number | null;
  @PartOf(() => DeceasedDto) deceased?: DeceasedDto | null;
  @IsOptional() @IsIn(words.sex) sex?: string | null;
  @Text(100) gender?: string | null;
  @PartsOf(20, () => AddressDto) addresses?: AddressDto[] | null;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @Matches(PHONE, { each: true, message: 'This must be a telephone number' })
  phones?: string[] | null;
  @PartsOf(20, () => IdentifierDto) identifiers?: IdentifierDto[] | null;
  @Texts(20, 60) languages?: string[] | null;
  @IsOptional() @IsIn(words.interpreter) interpreter?: string | null;
  @Text(1_000) communicationNeeds?: string | null;
  @Text(200) occupation?: string | null;
  @Text(200) school?: string | null;
  @Text(200) gp?: string | null;
  @IsOptional() @IsCivilDate() dueDate?: string | null;
}

export class RelateDto {
  @IsUUID() otherId!: string;
  /** The person is the `kind` of the other. */
  @IsIn(words.relationship) kind!: string;
  @IsOptional() @IsCivilDate() since?: string;
  @IsOptional() @IsCivilDate() until?: string;
}

export class EndRelationshipDto {
  @IsOptional() @IsCivilDate() until?: string;
}
