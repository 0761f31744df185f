import { mergeChoices, personParts, type MergeChoice, type PersonPart } from '@concordat/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { PersonDetailsDto } from '../person.dto';

/** Whom to look for: what is known of them, and whom not to offer. */
export class LookForDto {
  @IsObject() @ValidateNested() @Type(() => PersonDetailsDto) person!: PersonDetailsDto;
  @IsOptional() @IsArray() @ArrayMaxSize(100) @IsUUID('all', { each: true }) except?: string[];
}

export class DistinguishDto {
  @IsUUID() otherId!: string;
  /** The version of the other that was looked at; the person's own is sent as If-Match. */
  @IsInt() @Min(1) otherVersion!: number;
  @IsString() @MinLength(1) @MaxLength(2_000) reason!: string;
}

const AreChoices = () =>
  ValidateBy(
    {
      name: 'areChoices',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' &&
          value !== null &&
          Object.entries(value).every(
            ([part, choice]) =>
              (personParts as readonly string[]).includes(part) &&
              (mergeChoices as readonly unknown[]).includes(choice),
          ),
        defaultMessage: () => 'This must name a choice for each part: this, other or both',
      },
    },
    { context: { code: 'not-in-list' } },
  );

export class MergeDto {
  /** The record that stands aside: the one in the address stays. */
  @IsUUID() otherId!: string;
  @IsInt() @Min(1) otherVersion!: number;
  @IsObject() @AreChoices() choices!: Partial<Record<PersonPart, MergeChoice>>;
  @IsOptional() @IsString() @MaxLength(2_000) reason?: string;
}

export class UndoMergeDto {
  @IsString() @MinLength(1) @MaxLength(2_000) reason!: string;
}
