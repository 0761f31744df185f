import { criterionAnswers, type CriterionAnswer } from '@concordat/contracts';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { nations, type KindAnswers, type Nation } from '../kind-test';

/** Answers of a checklist in an address: codes, and nothing of anybody. */
export class TryKindsDto {
  @IsIn(nations, { message: 'Choose where it happened' }) nation!: Nation;
  /** `domestic-homicide-review.age:yes,…` */
  @IsOptional() @Matches(/^[a-z0-9.:,-]{0,8000}$/) answers?: string;
}

/** The answers that are read from an address; what is none is left out. Pure. */
export const answersIn = (text = ''): KindAnswers =>
  new Map(
    text.split(',').flatMap((part): [string, CriterionAnswer][] => {
      const [question = '', given] = part.split(':');
      const answer = criterionAnswers.find((known) => known === given);
      return answer ? [[question, answer]] : [];
    }),
  );
