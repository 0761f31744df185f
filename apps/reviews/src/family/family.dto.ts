import {
  familyBeginnings,
  familyChannels,
  familyOutcomes,
  familyReaches,
  familyTopics,
  type FamilyBeginning,
  type FamilyChannel,
  type FamilyOutcome,
  type FamilyReach,
  type FamilyTopic,
} from '@concordat/contracts';
import { IsCivilDay, Text, Words } from '@concordat/platform';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';

const choose = { message: 'Choose one of the list' };

export class FamilyPersonDto {
  /** Of somebody who is in the log already, whose entry this one replaces. */
  @IsOptional() @IsUUID() id?: string;
  @Words(200) name!: string;
  @Words(200) relationship!: string;
  @Text(500) advocate?: string;
  /** How they can be reached without danger to them. */
  @Words(1_000) safeWay!: string;
  @Text(2_000) wishes?: string;
  @Text(100) language?: string;
  @IsOptional() @IsCivilDay() leafletOn?: string;
  /** Days of any year on which nobody is to contact them, as `02-03` for 3 February. */
  @IsOptional() @IsArray() @ArrayMaxSize(20) @Matches(/^\d\d-\d\d$/, { each: true }) sensitiveDays?: string[];
  /** Whether they may be contacted; in any way that is safe when it is left out. */
  @IsOptional() @IsIn(familyReaches, choose) reach?: FamilyReach;
}

export class FamilyContactDto {
  @IsOptional() @IsUUID(undefined, choose) personId?: string;
  @IsCivilDay() on!: string;
  @IsIn(familyChannels, choose) channel!: FamilyChannel;
  @Words(200) spoke!: string;
  @IsIn(familyTopics, choose) topic!: FamilyTopic;
  @IsIn(familyOutcomes, choose) outcome!: FamilyOutcome;
  @Text(10_000) said?: string;
  @Text(4_000) change?: string;
  @IsOptional() @IsCivilDay() nextOn?: string;
  /** Who got in touch; the review when it is left out. */
  @IsOptional() @IsIn(familyBeginnings, choose) begunBy?: FamilyBeginning;
  /** Why they were contacted although they had asked not to be. */
  @Text(2_000) despite?: string;
}
