import 'reflect-metadata';
import { run, asProcess } from '@concordat/platform';
import { RiskModule } from './risk.module';

void run('risk', [RiskModule]).then(asProcess);
