import { IsCivilDay, Text, Words } from '@concordat/platform';
import { Matches } from 'class-validator';

/** An emergency meeting about one case: when and where it begins, and why it cannot wait. */
export class CallEmergencyDto {
  @IsCivilDay() heldOn!: string;
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'Enter a time like 09:30' }) startsAt!: string;
  @Text(200) place?: string;
  @Words(4_000) reason!: string;
}
