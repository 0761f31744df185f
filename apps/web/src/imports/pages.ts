import { ImportsPage } from './list/page';
import { ImportPage } from './one/page';

/** `/imports`: chronologies brought in from other systems. */
export const pages = [ImportsPage, ImportPage];
