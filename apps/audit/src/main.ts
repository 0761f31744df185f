import 'reflect-metadata';
import { run, stopOnSignals } from '@concordat/platform';
import { AuditModule } from './audit.module';

void run('audit', [AuditModule]).then((running) => stopOnSignals(running));
