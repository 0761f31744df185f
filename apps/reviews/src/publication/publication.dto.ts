import {
  publicationDecisions,
  publicationReasons,
  qualityVerdicts,
  type PublicationDecision,
  type PublicationReason,
  type QualityVerdict,
} from '@concordat/contracts';
import { IsCivilDay, Text, Texts, Words } from '@concordat/platform';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

const choose = { message: 'Choose one of the list' };

export class PublicationSubmissionDto {
  @IsCivilDay() sentOn!: string;
  @Words(200) how!: string;
  /** A reference of the central body, or who confirmed that it came. */
  @Words(500) receipt!: string;
}

export class QualityLetterDto {
  @IsCivilDay() receivedOn!: string;
  @IsIn(qualityVerdicts, choose) verdict!: QualityVerdict;
  /** Each point that it makes, in order. */
  @Texts(60, 2_000) points?: string[];
}

export class QualityAnswerDto {
  @IsInt() @Min(1) @Max(99) letter!: number;
  @IsInt() @Min(1) @Max(99) point!: number;
  @IsBoolean() done!: boolean;
  @Words(4_000) response!: string;
  @Text(200) location?: string;
  @Text(2_000) reason?: string;
}

export class DecidePublicationDto {
  @IsIn(publicationDecisions, choose) decision!: PublicationDecision;
  @IsArray() @ArrayMaxSize(10) @IsIn(publicationReasons, { each: true, ...choose }) reasons!: PublicationReason[];
  @Text(4_000) text?: string;
  @Text(4_000) heldBack?: string;
  @IsOptional() @IsCivilDay() reviewOn?: string;
  @Text(4_000) learning?: string;
  @Words(200) decider!: string;
  @IsCivilDay() decidedOn!: string;
}

export class CentralCopyDto {
  @Matches(/^[a-z0-9-]{1,64}$/, { message: 'Choose who had it' }) code!: string;
  @IsCivilDay() sentOn!: string;
  @Text(200) how?: string;
  @Words(500) receipt!: string;
  /** By when it is to be acknowledged, where that was agreed: no source sets a time. */
  @IsOptional() @IsCivilDay() acknowledgeBy?: string;
}

export class AcknowledgeCopyDto {
  /** Which copy, in the order in which they were recorded, from 1. */
  @IsInt() @Min(1) @Max(99) copy!: number;
  @IsCivilDay() on!: string;
  @Words(500) reference!: string;
}

export class PublishDto {
  /** By which anybody finds it: without a name, a place or a day. */
  @Words(200) title!: string;
  @Words(4_000) learning!: string;
}
