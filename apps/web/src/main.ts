import 'reflect-metadata';
import { run, stopOnSignals } from '@concordat/platform';
import { WebModule } from './web.module';

void run('web', [WebModule]).then((running) => stopOnSignals(running));
