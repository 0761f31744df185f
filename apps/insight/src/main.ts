import 'reflect-metadata';
import { run, stopOnSignals } from '@concordat/platform';
import { InsightModule } from './insight.module';

void run('insight', [InsightModule]).then(stopOnSignals);
