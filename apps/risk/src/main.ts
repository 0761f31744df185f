import 'reflect-metadata';
import { run, stopOnSignals } from '@concordat/platform';
import { RiskModule } from './risk.module';

void run('risk', [RiskModule]).then(stopOnSignals);
