import { EntryPage } from './entry/page';
import { ExportPage } from './export/page';
import { ProofPage } from './proof/page';
import { TrailPage } from './trail/page';

/** `/audit`: who did what, and the proof of it. For auditors. */
export const pages = [TrailPage, EntryPage, ProofPage, ExportPage];
