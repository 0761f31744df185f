import { IsCivilDay } from '@concordat/platform';
import { IsUUID } from 'class-validator';

/** Who sees to what is due of somebody while they are away; both days included. */
export class NameStandInDto {
  @IsUUID() toId!: string;
  @IsCivilDay() from!: string;
  @IsCivilDay() until!: string;
}
