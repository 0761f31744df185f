import { Breaches } from '../apis/breaches';
import { Drops } from '../apis/drops';
import { PublishedAgreements } from '../apis/published-agreements';
import { Questions } from '../apis/questions';
import { AgreementPage } from './agreement/page';
import { BreachesPage } from './breaches/list/page';
import { BreachPage } from './breaches/one/page';
import { OpenBreachPage } from './breaches/open/page';
import { CompareAgreementsPage } from './compare/page';
import { DecidePage } from './decide/page';
import { DecisionPage } from './decision/page';
import { EmergenciesPage } from './emergencies/list/page';
import { ShareInEmergencyPage } from './emergencies/share/page';
import { QuestionsPage } from './to-decide/list/page';
import { QuestionPage } from './to-decide/one/page';
import { DecisionsPage } from './decisions/page';
import { AgreementCopiesPage } from './copies/page';
import { BringInAgreementPage } from './bring-in/page';
import { AgreementMaisPage } from './mais/page';
import { CheckDropPage } from './drops/check/page';
import { DropsPage } from './drops/list/page';
import { OwedDropsPage } from './drops/owed/page';
import { EditAgreementPage } from './edit/page';
import { LiaisonPage } from './liaison/page';
import { AgreementsPage } from './list/page';
import { AgreementPdfPage } from './pdf/page';
import { SharingPicturePage } from './picture/page';
import { PreviewAgreementPage } from './preview/page';
import { PrintAgreementPage } from './print/page';
import { PrintedAgreements } from './printed';
import { PublishedAgreementPage } from './published-agreement/page';
import { PublishedPdfPage } from './published-pdf/page';
import { PublishedAgreementsPage } from './published/page';
import { SignAgreementPage } from './sign/page';
import { StartAgreementPage } from './start/page';
import { AgreementStepPage } from './step/page';
import { AgreementOdrlPage } from './odrl/page';
import { AgreementTermsPage } from './terms/page';

/** `/agreements`: what may be shared with whom, under which agreement; and whether this may be. */
export const pages = [
  AgreementsPage,
  StartAgreementPage,
  BringInAgreementPage,
  DecidePage,
  DecisionsPage,
  DecisionPage,
  QuestionsPage,
  QuestionPage,
  EmergenciesPage,
  ShareInEmergencyPage,
  BreachesPage,
  OpenBreachPage,
  BreachPage,
  LiaisonPage,
  AgreementPage,
  CompareAgreementsPage,
  PreviewAgreementPage,
  EditAgreementPage,
  AgreementStepPage,
  SignAgreementPage,
  PrintAgreementPage,
  SharingPicturePage,
  OwedDropsPage,
  DropsPage,
  CheckDropPage,
  AgreementPdfPage,
  AgreementTermsPage,
  AgreementOdrlPage,
  AgreementMaisPage,
  AgreementCopiesPage,
  PublishedAgreementsPage,
  PublishedAgreementPage,
  PublishedPdfPage,
];

export const providers = [PrintedAgreements, PublishedAgreements, Drops, Questions, Breaches];
