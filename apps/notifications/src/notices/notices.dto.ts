import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

export class FailuresDto {
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}

/** What is read of a receipt of GOV.UK Notify; it says more, such as the address, which is passed over. */
export class ReceiptDto {
  /** The notice. */
  @IsUUID() reference!: string;
  @IsString() @MaxLength(50) status!: string;
}
