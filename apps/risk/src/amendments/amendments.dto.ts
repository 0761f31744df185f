import { amendmentAnswers, minutedParts, type AmendmentAnswer, type MinutedPart } from '@concordat/contracts';
import { Text, Words } from '@concordat/platform';
import { IsIn } from 'class-validator';

/** What a part of the minutes of a case should say, and why. */
export class ProposeAmendmentDto {
  @IsIn(minutedParts, { message: 'Choose what is put right' }) part!: MinutedPart;
  @Text(10_000) after?: string;
  @Words(4_000) reason!: string;
}

export class AnswerAmendmentDto {
  @IsIn(amendmentAnswers, { message: 'Agree, or refuse' }) do!: AmendmentAnswer;
  @Text(4_000) words?: string;
}
