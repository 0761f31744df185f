import { publicationDecisions, type PublicationDecision } from '@concordat/contracts';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { copyOnly, type CopyOnly } from '../central-copies';
import { MOST_PAGES } from '../paged';
import { publicationOnly, type PublicationOnly } from '../publication-register';

class RegisterPageDto {
  @IsOptional() @Matches(/^[a-z0-9-]{1,64}$/) kind?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(MOST_PAGES) page?: number;
}

export class CopyRegisterDto extends RegisterPageDto {
  /** The central body, by its code in the kinds. */
  @IsOptional() @Matches(/^[a-z0-9-]{1,64}$/) body?: string;
  @IsOptional() @IsIn(copyOnly) only?: CopyOnly;
}

export class PublicationRegisterDto extends RegisterPageDto {
  @IsOptional() @IsIn(publicationDecisions) decision?: PublicationDecision;
  @IsOptional() @IsIn(publicationOnly) only?: PublicationOnly;
}
