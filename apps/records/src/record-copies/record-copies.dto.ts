import { IsUUID } from 'class-validator';
import { SharingDto } from '../sharing.dto';

/** To whom a case is given as records, for what, and how consent stands. */
export class GiveRecordsDto extends SharingDto {
  @IsUUID() toOrg!: string;
}
