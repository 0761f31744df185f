import 'reflect-metadata';
import { run, asProcess } from '@concordat/platform';
import { InsightModule } from './insight.module';

void run('insight', [InsightModule]).then(asProcess);
