import { ApiClients } from '../apis/api-clients';
import { Webhooks } from '../apis/webhooks';
import { EventPaths } from '../apis/event-paths';
import { Members } from '../apis/members';
import { Packs } from '../apis/packs';
import { LongWorks } from '../apis/long-works';
import { Register } from '../apis/register';
import { ActsPage } from './acts/page';
import { AddMemberPage } from './add/page';
import { ClientPage } from './client/page';
import { RegisterClientPage } from './client-register/page';
import { ClientsPage } from './clients/page';
import { EndMembershipPage } from './end/page';
import { HealthPage } from './health/page';
import { HeldUpPage } from './held-up/page';
import { Administering } from './opening';
import { AdministrationPage } from './overview/page';
import { PackCheckPage } from './pack-check/page';
import { PackDocumentPage } from './pack-document/page';
import { PacksPage } from './packs/page';
import { PeoplePage } from './people/page';
import { PersonPage } from './person/page';
import { AddRecordPage } from './register-add/page';
import { RolesPage } from './roles/page';
import { RecordPage } from './register-record/page';
import { RegisterPage } from './register/page';
import { StepPage } from './register-step/page';
import { WorkPage } from './work/page';
import { WebhookPage } from './webhook/page';
import { ChangeWebhookPage } from './webhook-change/page';
import { PauseWebhookPage } from './webhook-pause/page';
import { WebhooksPage } from './webhooks/page';

/** `/administration`: who is a member of what, and how the services do. */
export const pages = [
  AdministrationPage,
  PeoplePage,
  AddMemberPage,
  PersonPage,
  EndMembershipPage,
  RolesPage,
  HeldUpPage,
  PacksPage,
  PackCheckPage,
  PackDocumentPage,
  HealthPage,
  ActsPage,
  WorkPage,
  RegisterPage,
  AddRecordPage,
  RecordPage,
  StepPage,
  ClientsPage,
  RegisterClientPage,
  ClientPage,
  WebhooksPage,
  WebhookPage,
  ChangeWebhookPage,
  PauseWebhookPage,
];
/** What these pages are made with. */
export const providers = [Members, LongWorks, Register, Packs, ApiClients, Webhooks, EventPaths, Administering];
