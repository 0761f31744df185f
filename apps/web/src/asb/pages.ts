import { CountAsbFiguresPage } from './count/page';
import { AsbFiguresCsvPage } from './figures-csv/page';
import { AsbFiguresPage } from './figures/page';

/** ASB case reviews: what anybody may read, and the figures that make it. */
export const pages = [AsbFiguresPage, AsbFiguresCsvPage, CountAsbFiguresPage];
