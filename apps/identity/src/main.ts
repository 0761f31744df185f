import 'reflect-metadata';
import { run, stopOnSignals } from '@concordat/platform';
import { IdentityModule } from './identity.module';

void run('identity', [IdentityModule]).then(stopOnSignals);
