import { Matches } from 'class-validator';
import { PERIOD } from '../period';

/** Which period a pack is made of. */
export class RequestPackDto {
  @Matches(PERIOD, { message: 'Choose a period, such as 2026-Q3' }) period!: string;
}
