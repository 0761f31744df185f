import 'reflect-metadata';
import { run, asProcess } from '@concordat/platform';
import { SharingModule } from './sharing.module';

void run('sharing', [SharingModule]).then(asProcess);
