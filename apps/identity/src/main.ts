import 'reflect-metadata';
import { run, asProcess } from '@concordat/platform';
import { IdentityModule } from './identity.module';

void run('identity', [IdentityModule]).then(asProcess);
