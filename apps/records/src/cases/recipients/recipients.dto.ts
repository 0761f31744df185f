import { IsIn } from 'class-validator';
import { pickScopes, type PickScope } from '../../transfer';

export class ListRecipientsDto {
  @IsIn(pickScopes) scope!: PickScope;
}
