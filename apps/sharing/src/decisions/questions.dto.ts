import { Words } from '@concordat/platform';
import { answers, type Answer } from '@concordat/sharing';
import { IsIn, ValidateIf } from 'class-validator';
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
}
