import 'reflect-metadata';
import { run, asProcess } from '@concordat/platform';
import { WebModule } from './web.module';

void run('web', [WebModule]).then((running) => asProcess(running));
