import { IsCivilDay } from '@concordat/platform';

export class AsItStoodDto {
  /** A day in London: the case is shown as it stood at its end, or now when that is today. */
  @IsCivilDay() on!: string;
}
