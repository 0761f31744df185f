import { Risk } from '../apis/risk';
import { Wordings } from '../apis/wordings';
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
import { LoadWordingPage } from './wording-load/page';
import { RemoveWordingPage } from './wording-remove/page';
import { WordingPage } from './wording/page';
import { WordingsPage } from './wordings/page';

/** `/cases/:id/risk`: assessments of risk in a case; `/wordings`: an agency's own wording of what they ask. */
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
  WordingsPage,
  LoadWordingPage,
  RemoveWordingPage,
  WordingPage,
];
/** What these pages are made with. */
export const providers = [Risk, RiskCases, Wordings];
