import { AgreementPage } from './agreement/page';
import { CompareAgreementsPage } from './compare/page';
import { DecidePage } from './decide/page';
import { DecisionPage } from './decision/page';
import { DecisionsPage } from './decisions/page';
import { EditAgreementPage } from './edit/page';
import { AgreementsPage } from './list/page';
import { SignAgreementPage } from './sign/page';
import { StartAgreementPage } from './start/page';
import { AgreementStepPage } from './step/page';

/** `/agreements`: what may be shared with whom, under which agreement; and whether this may be. */
export const pages = [
  AgreementsPage,
  StartAgreementPage,
  DecidePage,
  DecisionsPage,
  DecisionPage,
  AgreementPage,
  CompareAgreementsPage,
  EditAgreementPage,
  AgreementStepPage,
  SignAgreementPage,
];
