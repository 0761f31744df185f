import 'reflect-metadata';
import { run, asProcess } from '@concordat/platform';
import { ReviewsModule } from './reviews.module';

void run('reviews', [ReviewsModule]).then(asProcess);
