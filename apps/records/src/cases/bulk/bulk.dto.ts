import { Type } from 'class-transformer';
import { PartOf } from '@concordat/platform';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import { FlagCaseDto } from '../flags/flags.dto';
import { OfferReferralDto } from '../onward-referrals/onward-referrals.dto';
import { AssignCaseDto, OfferTransferDto } from '../transfers/transfers.dto';

/** Which of the cases that one's agency leads, by what they have in common. */
export class CaseFilterDto {
  @IsOptional() @IsIn(['open', 'closed']) status?: string;
  @IsOptional() @IsUUID() area?: string;
  @IsOptional() @IsUUID() owner?: string;
}

/** The cases, by their ids or by a filter. How many at most, the pack says. */
export class ChosenCasesDto {
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsUUID('all', { each: true }) ids?: string[];
  @PartOf(() => CaseFilterDto) filter?: CaseFilterDto;
}

/** The cases, and what is to be done to each of them, as it would be sent for one. */
class CasesDto {
  @IsObject() @ValidateNested() @Type(() => ChosenCasesDto) cases!: ChosenCasesDto;
}
export class AssignCasesDto extends CasesDto {
  @IsObject() @ValidateNested() @Type(() => AssignCaseDto) change!: AssignCaseDto;
}
export class TransferCasesDto extends CasesDto {
  @IsObject() @ValidateNested() @Type(() => OfferTransferDto) change!: OfferTransferDto;
}
export class ReferCasesDto extends CasesDto {
  @IsObject() @ValidateNested() @Type(() => OfferReferralDto) change!: OfferReferralDto;
}
export class FlagCasesDto extends CasesDto {
  @IsObject() @ValidateNested() @Type(() => FlagCaseDto) change!: FlagCaseDto;
}
/** Any of these. */
export type BulkDto = CasesDto & { change: object };
