import { caseLinkKinds, type CaseLinkKind } from '@concordat/contracts';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';

export class LinkCaseDto {
  /** The reference of the other case, as people read it out. */
  @IsString() @MinLength(1) @MaxLength(40) reference!: string;
  /** The case in the address is the `kind` of the other. */
  @IsIn(caseLinkKinds) kind!: CaseLinkKind;
}
