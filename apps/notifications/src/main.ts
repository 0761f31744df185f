import 'reflect-metadata';
import { run, stopOnSignals } from '@concordat/platform';
import { NotificationsModule } from './notifications.module';

void run('notifications', [NotificationsModule]).then(stopOnSignals);
