import 'reflect-metadata';
import { run, stopOnSignals } from '@concordat/platform';
import { SharingModule } from './sharing.module';

void run('sharing', [SharingModule]).then(stopOnSignals);
