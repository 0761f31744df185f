import { accessLevels, type AccessLevel } from '@concordat/contracts';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { SharingDto } from '../sharing.dto';

export const caseSorts = ['opened', '-opened', 'reference', '-reference'] as const;

export class ListCasesDto {
  @IsOptional() @IsIn(['open', 'closed']) status?: 'open' | 'closed';
  @IsOptional() @IsUUID() area?: string;
  @IsOptional() @IsIn(caseSorts) sort?: (typeof caseSorts)[number];
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(300) cursor?: string;
}

/** For whom the risk service asks. */
export class CaseNamesDto {
  @IsUUID() userId!: string;
  @IsUUID() orgId!: string;
}

export class PageDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(300) cursor?: string;
}

export class ChangeParticipationDto extends SharingDto {
  @IsUUID() orgId!: string;
  @IsIn(accessLevels) level!: AccessLevel;
}
