import { scopeNames, type ScopeName } from '@concordat/contracts';
import { Words } from '@concordat/platform';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';

/** Registers a system of an agency. */
export class RegisterClientDto {
  @IsUUID() orgId!: string;
  /** What people call the system: "Case management of Harbour Housing". */
  @Words(200) name!: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(scopeNames.length)
  @ArrayUnique()
  @IsIn(scopeNames, { each: true })
  scopes!: ScopeName[];
}

export class ClientsQueryDto {
  @IsUUID() org!: string;
}
