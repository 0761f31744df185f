import { PartsOf } from '@concordat/platform';
import { IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

const CODE = /^[a-z0-9-]{1,64}$/;

export class DataAnswerDto {
  @Matches(CODE) code!: string;
  @IsString() @MaxLength(200) value!: string;
}

export class KeepDataDto {
  @Matches(CODE) group!: string;
  /** Which of several people, from 1 on. */
  @IsInt() @Min(1) @Max(20) ordinal!: number;
  @PartsOf(100, () => DataAnswerDto) answers?: DataAnswerDto[];
}
