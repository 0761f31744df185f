import 'reflect-metadata';
import { run, asProcess } from '@concordat/platform';
import { RecordsModule } from './records.module';

void run('records', [RecordsModule]).then((running) => asProcess(running));
