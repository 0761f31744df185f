import { IsCivilDay, PartsOf, Words } from '@concordat/platform';
import { IsString, Matches, MaxLength } from 'class-validator';

const CODE = /^[a-z0-9-]{1,64}$/;

export class DutyPartDto {
  @Matches(CODE) code!: string;
  @IsString() @MaxLength(4_000) text!: string;
}

export class RecordDutyDto {
  @IsCivilDay() doneOn!: string;
  @Words(200) title!: string;
  /** Where it is kept or published. */
  @Words(500) kept!: string;
  @Words(200) approvedBy!: string;
  @PartsOf(20, () => DutyPartDto) parts?: DutyPartDto[];
}

export class SendCopyDto {
  @Matches(CODE, { message: 'Choose who had it' }) code!: string;
  @IsCivilDay() sentOn!: string;
  /** A reference, or who confirmed it. */
  @Words(500) receipt!: string;
}
