import { IsArray, IsIn, IsUUID, Matches } from 'class-validator';
import { EventType } from '../event';
import { agreementStatuses, type AgreementStatus } from './api';

@EventType(
  'sharing.agreement-changed.v1',
  'A version of an information-sharing agreement was drafted, changed or taken a step further.',
)
export class AgreementChanged {
  /** The record of this version. */
  @IsUUID() recordId!: string;
  /** The agreement's own id and its version: `northbank-marac`, `2.1.0`. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/) agreement!: string;
  @Matches(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/) number!: string;
  @IsIn(agreementStatuses) status!: AgreementStatus;
  @IsUUID() ownerOrg!: string;
  @IsArray() @IsUUID('all', { each: true }) parties!: string[];
}
