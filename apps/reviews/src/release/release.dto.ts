import { PartsOf, Words } from '@concordat/platform';
import { Equals, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { identifierKinds, type IdentifierKind } from '../identifiers';

export class ProtectedIdentifierDto {
  @IsIn(identifierKinds, { message: 'Choose one of the list' }) kind!: IdentifierKind;
  @Words(200) value!: string;
}

export class MapPersonDto {
  /** Of somebody who is in the map already, whose entry this one replaces. */
  @IsOptional() @IsUUID() id?: string;
  @Words(100) pseudonym!: string;
  /** Who chose it, such as the family. */
  @Words(200) chosenBy!: string;
  @Words(2_000) why!: string;
  @PartsOf(60, () => ProtectedIdentifierDto) identifiers?: ProtectedIdentifierDto[];
}

export class ScanFileDto {
  @IsUUID(undefined, { message: 'Choose the file again' }) uploadId!: string;
  @Matches(/^[a-z0-9-]{1,64}$/, { message: 'Choose what it is' }) artefact!: string;
  /** As it will be called where it is sent. */
  @Words(200) name!: string;
}

export class ClearHitDto {
  @Words(300) key!: string;
  @Words(2_000) reason!: string;
}

export class ReleaseFileDto {
  /** That whoever releases it has looked at pictures and other warnings, of which a scan says nothing. */
  @Equals(true, { message: 'Look at the warnings first' }) looked!: true;
}

export class WithdrawFileDto {
  @Words(2_000) reason!: string;
}
