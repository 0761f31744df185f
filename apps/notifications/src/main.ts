import 'reflect-metadata';
import { run, asProcess } from '@concordat/platform';
import { NotificationsModule } from './notifications.module';

void run('notifications', [NotificationsModule]).then(asProcess);
