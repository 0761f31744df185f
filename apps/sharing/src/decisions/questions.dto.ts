import { authorisations, type Authorisation } from '@concordat/contracts';
import { IsCivilDay, Text, Words } from '@concordat/platform';
import { answers, type Answer } from '@concordat/sharing';
import { IsIn, IsOptional, ValidateIf } from 'class-validator';
import { answerGrounds, type AnswerGround } from '../question';

export const questionBoxes = ['to-answer', 'asked'] as const;
export class ListQuestionsDto {
  @IsIn(questionBoxes) box!: (typeof questionBoxes)[number];
}

export class AnswerQuestionDto {
  @IsIn(answers) answer!: Answer;
  /** On what it is allowed: the agreement, or another lawful ground that the reason names. */
  @ValidateIf((o: AnswerQuestionDto) => o.answer === 'allow')
  @IsIn(answerGrounds)
  ground?: AnswerGround;
  @Words(2_000) reason!: string;
  /** The last day on which the answer holds; the latest that the pack allows when absent. */
  @IsOptional() @IsCivilDay() holdsUntil?: string;
}

export class ConfirmAuthorityDto {
  @IsIn(authorisations) authorised!: Authorisation;
  /** What they know of it. */
  @Text(2_000) note?: string;
}
