import { isId } from '@concordat/contracts';
import { IsObject, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { ReferralContentDto } from './content.dto';

const IsRecordId = () =>
  ValidateBy(
    { name: 'isRecordId', validator: { validate: isId, defaultMessage: () => 'This must be a UUID in lower case' } },
    { context: { code: 'not-an-id' } },
  );

/** A whole referral at once. `id` may be chosen by the caller, so that a repeated attempt cannot make two. */
export class SubmitReferralDto {
  @IsOptional() @IsRecordId() id?: string;
  @IsObject() @ValidateNested() @Type(() => ReferralContentDto) content!: ReferralContentDto;
}

/** A draft as it is saved on the way: any part of the content may be missing, none may be wrong. */
export class StartDraftDto extends SubmitReferralDto {}

export class SaveDraftDto {
  @IsObject() @ValidateNested() @Type(() => ReferralContentDto) content!: ReferralContentDto;
}
