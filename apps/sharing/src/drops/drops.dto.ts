import { IsCivilDate } from '@concordat/platform';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

/** A little less than the platform takes of JSON, because line breaks are longer there. */
export const MOST_CHARACTERS = 800_000;

export class ReceiveDropDto {
  @Matches(/^[a-z0-9.-]{1,64}$/, { message: 'Choose one of the sets' }) set!: string;
  /** The first day of the quarter. */
  @IsCivilDate() quarter!: string;
  /** The CSV file as text. It is checked and not kept. */
  @IsString()
  @MaxLength(MOST_CHARACTERS, { message: 'The file must be smaller than 800 KB' })
  content!: string;
}

export class OwedDropsDto {
  /** The first day of a quarter that is over; without one, the last. */
  @IsOptional() @IsCivilDate() quarter?: string;
}

export class ListDropsDto {
  @IsOptional() @Matches(/^[a-z0-9.-]{1,64}$/) set?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(400) cursor?: string;
}
