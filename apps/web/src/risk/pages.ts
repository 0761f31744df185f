import { Risk } from '../apis/risk';
import { AnswersPage } from './answers/page';
import { AssessmentPage } from './assessment/page';
import { CheckAssessmentPage } from './check/page';
import { CompareAssessmentsPage } from './compare/page';
import { CorrectAssessmentPage } from './correct/page';
import { DiscardAssessmentPage } from './discard/page';
import { RiskPage } from './list/page';
import { RiskCases } from './opened';
import { PrintAssessmentPage } from './print/page';
import { StartAssessmentPage } from './start/page';

/** `/cases/:id/risk`: assessments of risk in a case. */
export const pages = [
  RiskPage,
  StartAssessmentPage,
  CompareAssessmentsPage,
  AnswersPage,
  CheckAssessmentPage,
  DiscardAssessmentPage,
  CorrectAssessmentPage,
  PrintAssessmentPage,
  AssessmentPage,
];
/** What these pages are made with. */
export const providers = [Risk, RiskCases];
