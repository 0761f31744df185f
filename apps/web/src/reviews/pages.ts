import { KindPage } from './kind/page';
import { KindsPage } from './kinds/page';
import { ReviewsPage } from './list/page';
import { RecommendationPage } from './recommendation/page';
import { RecommendationRecordPage } from './recommendation-record/page';
import { RecordPage } from './record/page';
import { RegisterReviewPage } from './register/page';
import { ReleaseMemberPage } from './release/page';
import { ReviewPage } from './review/page';
import { ReviewStepPage } from './step/page';
import { TrackerPage } from './tracker/page';
import { TrackerCsvPage } from './tracker-csv/page';

/** `/reviews`: statutory reviews, from the first notice on. */
export const pages = [
  ReviewsPage,
  RegisterReviewPage,
  KindsPage,
  KindPage,
  TrackerPage,
  TrackerCsvPage,
  RecommendationPage,
  RecommendationRecordPage,
  ReviewPage,
  ReviewStepPage,
  RecordPage,
  ReleaseMemberPage,
];
