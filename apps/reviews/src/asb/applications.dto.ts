import { IsCivilDay, PartsOf, Text, Words } from '@concordat/platform';
import { IsBoolean, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';

export class AppliedComplaintDto {
  @IsCivilDay() behaviourOn!: string;
  @IsCivilDay() complainedOn!: string;
  @Words(1_000) summary!: string;
}

/** An application for a case review: by whoever suffers, or by somebody for them. */
export class ApplyDto {
  /** The body that is asked; a coordinator’s own when they take it by telephone. */
  @IsOptional() @IsUUID(undefined, { message: 'Choose the council' }) ownerOrg?: string;
  @IsIn(['self', 'other'], { message: 'Choose whether you ask for yourself' }) appliesFor!: 'self' | 'other';
  @Words(200) name!: string;
  /** How to reach them safely: a telephone number, an address for email, when to call. */
  @Words(500) contact!: string;
  /** Who asks for somebody else, and that this person has agreed. */
  @Text(200) appliedBy?: string;
  @IsOptional() @IsBoolean() consent?: boolean;
  @Words(10_000) about!: string;
  @PartsOf(10, () => AppliedComplaintDto) complaints?: AppliedComplaintDto[];
}

export class RegisterApplicationDto {
  @Matches(/^[a-z0-9-]{1,64}$/, { message: 'Choose the kind of review' }) kind!: string;
  @IsOptional() @IsUUID('all', { message: 'Choose the area' }) areaId?: string;
}

export class SetAsideDto {
  @Words(2_000) reason!: string;
}
