import { IsCivilDate, IsNhsNumber, POSTCODE, Text } from '@concordat/platform';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { SharingConsentDto } from '../sharing.dto';

export class AskedPersonDto {
  @Text(100) given?: string;
  @Text(100) family?: string;
  @IsOptional() @IsCivilDate() dateOfBirth?: string;
  @IsOptional() @Matches(POSTCODE, { message: 'This must be a full UK postcode' }) postcode?: string;
  @IsOptional() @IsNhsNumber() nhsNumber?: string;
}

export class AskKnownDto {
  /** The agency that is asked. */
  @IsUUID() toOrg!: string;
  /** For what it is asked, as the pack names purposes of sharing. */
  @IsString() @MaxLength(100) purpose!: string;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => SharingConsentDto) consent?: SharingConsentDto;
  @IsObject() @ValidateNested() @Type(() => AskedPersonDto) person!: AskedPersonDto;
}

/** The same as a Request of Social Care Data gives it, with what that does not say: whom is asked, and how consent stands. */
export class AskByRequestDto {
  @IsUUID() toOrg!: string;
  /** The request as JSON. */
  @IsString() @MinLength(1, { message: 'Give the request as JSON' }) @MaxLength(200_000) content!: string;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => SharingConsentDto) consent?: SharingConsentDto;
}

/** Parameters of FHIR R4 for `$person-info-query`: `resource`, a Patient, and `reason`, the address of what it is asked under. */
export class PersonInfoQueryDto {
  @IsIn(['Parameters']) resourceType!: 'Parameters';
  @IsArray() @IsObject({ each: true }) parameter!: Record<string, unknown>[];
}

/** Of which agency it is asked. */
export class PersonInfoOfDto {
  @IsUUID() agency!: string;
}

export const knownBoxes = ['asked', 'received'] as const;
export class ListKnownDto {
  @IsIn(knownBoxes) box!: (typeof knownBoxes)[number];
}
