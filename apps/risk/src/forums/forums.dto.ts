import { PartOf, PartsOf, Text, Words } from '@concordat/platform';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';

const CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

class MemberDto {
  @IsUUID() orgId!: string;
  @IsArray() @ArrayMaxSize(40) @ArrayUnique() @IsUUID('all', { each: true }) people!: string[];
}
class RepeatDto {
  @IsIn(['older', 'current']) definition!: 'older' | 'current';
  @IsIn(['last-referral', 'last-heard']) anchor!: 'last-referral' | 'last-heard';
}

class BandFromDto {
  @Matches(CODE) band!: string;
  @IsInt() @Min(1) @Max(1_000) value!: number;
}
/** Thresholds of one instrument: a banding of the pack, or the forum's own with their source. */
class ForumBandingDto {
  @Matches(CODE) instrument!: string;
  @Text(64) banding?: string;
  @PartsOf(20, () => BandFromDto) from?: BandFromDto[];
  @Text(500) source?: string;
}

/** Everything that a place sets for its forum. */
export class ForumSettingsDto {
  @Words(120) title!: string;
  @PartsOf(40, () => MemberDto) members?: MemberDto[];
  @IsArray() @ArrayMaxSize(5) @ArrayUnique() @IsUUID('all', { each: true }) chairs!: string[];
  @IsArray() @ArrayMaxSize(5) @ArrayUnique() @IsUUID('all', { each: true }) coordinators!: string[];
  @IsString() cadence!: string;
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'Enter a time like 09:30' }) startsAt!: string;
  @Words(200) place!: string;
  @IsInt() @Min(0) @Max(60) cutOffDays!: number;
  @IsInt() @Min(0) @Max(60) researchDays!: number;
  @IsInt() @Min(1) @Max(240) timeBoxMinutes!: number;
  @IsInt() @Min(1) @Max(40) quorum!: number;
  /** The member of the advocate. */
  @IsOptional() @IsUUID() advocateOrg?: string;
  /** Code of an area whose population the pack knows. */
  @Text(64) area?: string;
  @PartsOf(20, () => ForumBandingDto) bandings?: ForumBandingDto[];
  @PartOf(() => RepeatDto) repeat?: RepeatDto;
}

/** A forum of a kind that the pack knows, as it is set up. */
export class SetUpForumDto extends ForumSettingsDto {
  @Matches(CODE, { message: 'Choose the kind of forum' }) kind!: string;
}
