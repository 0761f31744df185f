import 'reflect-metadata';
import { run, stopOnSignals } from '@concordat/platform';
import { ReferralsModule } from './referrals.module';

void run('referrals', [ReferralsModule]).then((running) => stopOnSignals(running));
