import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import type { Consent } from './onward-referral';

export const consentAnswers = ['given', 'refused', 'not-asked'] as const;

export class SharingConsentDto {
  @IsIn(consentAnswers) answer!: (typeof consentAnswers)[number];
  @IsOptional() @IsString() @MaxLength(100) ground?: string;
  @IsOptional() @IsString() @MaxLength(2_000) reason?: string;
}

/** For what a case is shared whole, and how consent stands. Which of it is needed, the agreements say. */
export class SharingDto {
  /** That which is usual for the case's pathway, unless said. */
  @IsOptional() @IsString() @MaxLength(100) purpose?: string;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => SharingConsentDto) consent?: SharingConsentDto;
}

/** As it was meant, complete. */
export interface Sharing {
  readonly purpose: string;
  readonly consent: Consent | undefined;
}

/** Codes only, as every look at the case asks by it: why it was done without consent stays where it was written. */
export function withoutWords({ purpose, consent }: Sharing): Sharing {
  const { answer, ground } = consent ?? {};
  return { purpose, consent: answer && { answer, ...(ground ? { ground } : {}) } };
}
