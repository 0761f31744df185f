import { CouldHaveSeenPage } from './could-have-seen/page';
import { DisclosuresPage } from './disclosures/page';
import { EntryPage } from './entry/page';
import { ExportPage } from './export/page';
import { LedgerPage } from './ledger/page';
import { ProofPage } from './proof/page';
import { SeenPage } from './seen/page';
import { TrailPage } from './trail/page';
import { TrailCsvPage } from './trail-csv/page';

/** `/audit`: who did what, and the proof of it. For auditors; how the ledger stands, for administrators too. */
export const pages = [
  CouldHaveSeenPage,
  TrailPage,
  TrailCsvPage,
  DisclosuresPage,
  EntryPage,
  ProofPage,
  SeenPage,
  ExportPage,
  LedgerPage,
];
