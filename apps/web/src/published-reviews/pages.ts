import { PublishedFilePage } from './file/page';
import { PublishedReviewsPage } from './list/page';

/** `/published-reviews`: what anybody may read. */
export const pages = [PublishedReviewsPage, PublishedFilePage];
