import { agencyTypes, type AgencyType } from '@concordat/contracts';
import { Words } from '@concordat/platform';
import { IsIn, IsUUID, Matches } from 'class-validator';

/** A short name for files and spreadsheets. It is given once and stays. */
const CODE = /^[a-z][a-z0-9-]{1,62}$/;

/** What an organisation shall be from now on: all of it, not the difference. */
export class ChangeOrganisationDto {
  @Words(200) name!: string;
  @IsIn(agencyTypes) type!: AgencyType;
}

export class AddOrganisationDto extends ChangeOrganisationDto {
  @Matches(CODE) code!: string;
}

/** What an area shall be from now on. `leadOrg` triages the referrals that are addressed to it. */
export class ChangeAreaDto {
  @Words(200) name!: string;
  @IsUUID() leadOrg!: string;
}

export class AddAreaDto extends ChangeAreaDto {
  @Matches(CODE) code!: string;
}
