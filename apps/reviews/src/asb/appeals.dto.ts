import {
  appealedAgainst,
  appealResults,
  letterMatters,
  type AppealedAgainst,
  type AppealResult,
  type LetterMatter,
} from '@concordat/contracts';
import { IsCivilDay, Text, Words } from '@concordat/platform';
import { IsIn } from 'class-validator';

export class KeepAppealDto {
  @IsIn(appealedAgainst, { message: 'Choose what it is against' }) against!: AppealedAgainst;
  @IsCivilDay() receivedOn!: string;
  /** Why they do not agree, in their words. */
  @Words(10_000) grounds!: string;
}

export class DecideAppealDto {
  @IsIn(appealResults, { message: 'Choose how it is decided' }) result!: AppealResult;
  @IsCivilDay() decidedOn!: string;
  /** The office in which whoever decides does so. */
  @Words(200) role!: string;
  /** Why they had no part in what is appealed against. */
  @Words(2_000) independence!: string;
  @Words(10_000) reasons!: string;
}

export class WriteLetterDto {
  @IsIn(letterMatters, { message: 'Choose what it is about' }) about!: LetterMatter;
  /** Whom it is to, as it calls them. */
  @Words(200) to!: string;
  @Words(10_000) decided!: string;
  @Words(10_000) why!: string;
  /** What each body will do, by when. */
  @Text(10_000) next?: string;
  /** Whom to ask, and how. */
  @Words(1_000) contact!: string;
}

export class SendLetterDto {
  @IsCivilDay() sentOn!: string;
  @Words(200) how!: string;
  /** A reference, or who confirmed it. */
  @Words(500) receipt!: string;
}
