import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

/** A search is sent in a body, because what is searched for may name somebody (user-interface.md §6). */
export class SearchRecordsDto {
  @IsString() @MinLength(2) @MaxLength(200) q!: string;
}

export class FoundPageDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(300) cursor?: string;
}
