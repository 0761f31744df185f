import 'reflect-metadata';
import { run, stopOnSignals } from '@concordat/platform';
import { RecordsModule } from './records.module';

void run('records', [RecordsModule]).then((running) => stopOnSignals(running));
