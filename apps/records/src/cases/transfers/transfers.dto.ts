import { keptParts, type KeptPart } from '@concordat/contracts';
import { Words } from '@concordat/platform';
import { Type } from 'class-transformer';
import { SharingDto } from '../../sharing.dto';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min, MinLength, ValidateIf } from 'class-validator';

/** A transfer: to somebody of another agency, or to a body outside the partnership by its name. */
export class OfferTransferDto extends SharingDto {
  @ValidateIf((o: OfferTransferDto) => o.outsideBody === undefined || o.recipient !== undefined)
  @IsUUID()
  recipient?: string;
  @IsOptional() @IsString() @MinLength(2) @MaxLength(200) outsideBody?: string;
  @Words(2_000) reason!: string;
  /** What the agency that leads the case until then keeps of it; it goes on working on it, unless said. */
  @IsOptional() @IsIn(keptParts) keep?: KeptPart;
}

export class RequestTransferDto {
  @Words(2_000) reason!: string;
}

/** Agreeing to a request is offering it. */
export class AgreeToTransferDto extends SharingDto {
  @IsOptional() @IsIn(keptParts) keep?: KeptPart;
}
export class RefuseTransferDto {
  @Words(2_000) reason!: string;
}
export class AnswerTransferDto {
  @IsOptional() @IsString() @MaxLength(2_000) reason?: string;
}

export class ListTransfersDto {
  @IsIn(['received', 'sent']) box!: 'received' | 'sent';
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(300) cursor?: string;
}

export class AssignCaseDto {
  @IsUUID() ownerId!: string;
}

export class OwnershipDto {
  /** The moment for which the owner is asked. */
  @IsOptional() @IsString() @MaxLength(40) on?: string;
}
