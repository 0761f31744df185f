import { Words } from '@concordat/platform';
import { Type } from 'class-transformer';
import { SharingConsentDto } from '../../sharing.dto';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** A referral: to somebody of another agency, or to a body outside the partnership by its name. */
export class OfferReferralDto {
  @ValidateIf((o: OfferReferralDto) => o.outsideBody === undefined || o.recipient !== undefined)
  @IsUUID()
  recipient?: string;
  @IsOptional() @IsString() @MinLength(2) @MaxLength(200) outsideBody?: string;
  /** Who of the case it is about; those whom the case is about, unless said. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  people?: string[];
  /** The planned action of the case that it is for. */
  @IsOptional() @IsUUID() action?: string;
  @Words(2_000) reason!: string;
  @IsString() @MaxLength(100) purpose!: string;
  @IsString() @MaxLength(100) legalBasis!: string;
  @IsString() @MaxLength(100) urgency!: string;
  @IsString() @MaxLength(100) view!: string;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => SharingConsentDto) consent?: SharingConsentDto;
}

export class DeclineReferralDto {
  @Words(2_000) note!: string;
}
export class CompleteReferralDto {
  @Words(2_000) note!: string;
}
export class AnswerReferralDto {
  @IsOptional() @IsString() @MaxLength(2_000) note?: string;
}

export const boxes = ['received', 'sent'] as const;
export class ListOnwardReferralsDto {
  @IsIn(boxes) box!: (typeof boxes)[number];
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(300) cursor?: string;
}
