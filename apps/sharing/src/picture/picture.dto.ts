import { IsIn, IsOptional, Matches } from 'class-validator';

const CATEGORIES = ['PERSONAL', 'SPECIAL', 'CRIMINAL', 'DEPERSONALISED'] as const;

export class PictureDto {
  /** The code of a purpose. */
  @IsOptional() @Matches(/^[A-Za-z0-9][A-Za-z0-9._/()+-]{0,79}$/) purpose?: string;
  @IsOptional() @IsIn(CATEGORIES) category?: (typeof CATEGORIES)[number];
}
