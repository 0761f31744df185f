import {
  contactOutcomes,
  contactSafeties,
  contactWays,
  type ContactOutcome,
  type ContactSafety,
  type ContactWay,
} from '@concordat/contracts';
import { IsCivilDay, Text } from '@concordat/platform';
import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';

/** How somebody was tried to be reached: what the number or the address is stays with records. */
export class RecordAttemptDto {
  /** When, in London time. */
  @IsCivilDay() on!: string;
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'Enter a time like 14:30' }) time!: string;
  @IsIn(contactWays, { message: 'Choose how' }) way!: ContactWay;
  @IsIn(contactSafeties, { message: 'Choose whether it is known to be safe' }) safe!: ContactSafety;
  @IsOptional() @IsBoolean() messageAllowed?: boolean;
  @IsIn(contactOutcomes, { message: 'Choose what came of it' }) outcome!: ContactOutcome;
  @Text(4_000) words?: string;
}
