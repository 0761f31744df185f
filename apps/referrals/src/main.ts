import 'reflect-metadata';
import { run, asProcess } from '@concordat/platform';
import { ReferralsModule } from './referrals.module';

void run('referrals', [ReferralsModule]).then((running) => asProcess(running));
