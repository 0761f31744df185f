import 'reflect-metadata';
import { run, stopOnSignals } from '@concordat/platform';
import { ReviewsModule } from './reviews.module';

void run('reviews', [ReviewsModule]).then(stopOnSignals);
