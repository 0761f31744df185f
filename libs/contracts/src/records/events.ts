import { IsArray, IsBoolean, IsIn, IsISO8601, IsOptional, IsUUID } from 'class-validator';
import { EventType } from '../event';

/** How far an agency takes part in a case. `preview` sees the header of an offer only. */
export const accessLevels = ['lead', 'contributor', 'reader', 'preview'] as const;
export type AccessLevel = (typeof accessLevels)[number];

@EventType('records.case-opened.v1', 'A case was opened from an accepted referral.')
export class CaseOpened {
  @IsUUID() caseId!: string;
  @IsUUID() referralId!: string;
  @IsUUID() leadOrg!: string;
  @IsUUID() areaId!: string;
  @IsArray() @IsUUID('all', { each: true }) people!: string[];
}

@EventType('records.case-access-changed.v1', 'An agency began, changed or ended its part in a case.')
export class CaseAccessChanged {
  @IsUUID() caseId!: string;
  @IsUUID() orgId!: string;
  @IsIn(accessLevels) level!: AccessLevel;
  @IsBoolean() restricted!: boolean;
  @IsISO8601() from!: string;
  /** Set when the participation has ended. */
  @IsOptional() @IsISO8601() to?: string;
}
