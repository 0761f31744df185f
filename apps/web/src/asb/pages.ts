import { EraseApplicationPage } from './application-erase/page';
import { SettleApplicationPage } from './application-settle/page';
import { AsbApplicationsPage } from './applications/page';
import { ApplyPage } from './apply/page';
import { CountAsbFiguresPage } from './count/page';
import { AsbFiguresCsvPage } from './figures-csv/page';
import { AsbFiguresPage } from './figures/page';
import { KeptApplicationsPage } from './kept/page';
import { LetterPage } from './letter/page';
import { ApplicationSentPage } from './sent/page';

/** ASB case reviews: what anybody may read and ask for, what waits, and the figures that are counted. */
export const pages = [
  ApplyPage,
  ApplicationSentPage,
  AsbFiguresPage,
  AsbFiguresCsvPage,
  AsbApplicationsPage,
  KeptApplicationsPage,
  EraseApplicationPage,
  SettleApplicationPage,
  LetterPage,
  CountAsbFiguresPage,
];
