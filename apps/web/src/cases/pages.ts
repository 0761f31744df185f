import { AddAgencyPage } from './add-agency/page';
import { AgenciesPage } from './agencies/page';
import { CasePage } from './case/page';
import { EndParticipationPage } from './end-participation/page';
import { CasesPage } from './list/page';
import { Cases } from './opened';
import { Participating } from './participating';
import { PrintPage } from './print/page';
import { TimelinePage } from './timeline/page';

/** `/cases`: the cases of one's organisation, and who takes part in each. */
export const pages = [CasesPage, CasePage, AgenciesPage, AddAgencyPage, EndParticipationPage, TimelinePage, PrintPage];
/** What these pages are made with. */
export const providers = [Cases, Participating];
