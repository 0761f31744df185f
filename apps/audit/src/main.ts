import 'reflect-metadata';
import { run, asProcess } from '@concordat/platform';
import { AuditModule } from './audit.module';

void run('audit', [AuditModule]).then((running) => asProcess(running));
