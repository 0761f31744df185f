import { Duties } from '../apis/duties';
import { ReviewDataApi } from '../apis/review-data';
import { EvidenceApi } from '../apis/evidence';
import { Oversight } from '../apis/oversight';
import { Registers } from '../apis/registers';
import { BoardPage } from './board/page';
import { BoardCsvPage } from './board-csv/page';
import { BoardPrintPage } from './board-print/page';
import { CheckPage } from './check/page';
import { ChecksPage } from './checks/page';
import { ChooseKindPage } from './choose/page';
import { CombinedChronologyPage } from './chronology/page';
import { CombinedChronologyCsvPage } from './chronology-csv/page';
import { CombinedChronologyPrintPage } from './chronology-print/page';
import { ReviewDataPage } from './data/page';
import { ReviewDataCsvPage } from './data-csv/page';
import { DataPartPage } from './data-part/page';
import { DutiesPage } from './duties/page';
import { DutyRecordPage } from './duty-record/page';
import { FamilyPage } from './family/page';
import { CopiesPage } from './copies/page';
import { CopiesCsvPage } from './copies-csv/page';
import { KindPage } from './kind/page';
import { KindsPage } from './kinds/page';
import { PanelMeetingCalendarPage } from './meeting-ics/page';
import { ReviewsPage } from './list/page';
import { PackagePage } from './package/page';
import { PackageAddPage } from './package-add/page';
import { PackageContentPage } from './package-content/page';
import { PackageFilePage } from './package-file/page';
import { ProtectedPersonPage } from './protected-person/page';
import { PublicationsPage } from './publications/page';
import { PublicationsCsvPage } from './publications-csv/page';
import { RecommendationPage } from './recommendation/page';
import { RecommendationRecordPage } from './recommendation-record/page';
import { RecordPage } from './record/page';
import { RegisterReviewPage } from './register/page';
import { ReleaseMemberPage } from './release/page';
import { ReviewPage } from './review/page';
import { ReviewStepPage } from './step/page';
import { TakeEntriesPage } from './take-entries/page';
import { TestKindsPage } from './test-kinds/page';
import { TrackerPage } from './tracker/page';
import { TrackerCsvPage } from './tracker-csv/page';

/** `/reviews`: statutory reviews, from the first notice on. */
export const pages = [
  ReviewsPage,
  RegisterReviewPage,
  BoardPage,
  BoardCsvPage,
  BoardPrintPage,
  CopiesPage,
  CopiesCsvPage,
  PublicationsPage,
  PublicationsCsvPage,
  ChecksPage,
  CheckPage,
  ChooseKindPage,
  TestKindsPage,
  KindsPage,
  KindPage,
  DutiesPage,
  DutyRecordPage,
  TrackerPage,
  TrackerCsvPage,
  RecommendationPage,
  RecommendationRecordPage,
  ReviewPage,
  ReviewStepPage,
  RecordPage,
  ReleaseMemberPage,
  PanelMeetingCalendarPage,
  PackagePage,
  ProtectedPersonPage,
  PackageAddPage,
  PackageFilePage,
  PackageContentPage,
  ReviewDataPage,
  ReviewDataCsvPage,
  DataPartPage,
  FamilyPage,
  CombinedChronologyPage,
  TakeEntriesPage,
  CombinedChronologyPrintPage,
  CombinedChronologyCsvPage,
];

/** What only these pages need. */
export const providers = [Oversight, Registers, EvidenceApi, Duties, ReviewDataApi];
