import 'reflect-metadata';
import { leash } from './leash';
import { route } from './routes';
import { readInside } from './settings';

/**
 * Loaded into every process under test before its own code (`node --require`): instruments, ways over the proxies, and for a
 * negative control the protections that are taken out. The product knows nothing of it.
 */
const { role, routes, clockSeconds, hiccups, without } = readInside();
leash();
route(routes);
/* eslint-disable @typescript-eslint/no-require-imports */
const { takeOut } =
  without.length > 0 ? (require('./without') as typeof import('./without')) : { takeOut: () => undefined };
takeOut(without, 'beneath the probe');
(require('./probe') as typeof import('./probe')).probe(hiccups);
takeOut(without, 'around the probe');
if (role === 'all-in-one' || role === 'referrals')
  (require('./clocks') as typeof import('./clocks')).shortClocks(clockSeconds);
if (role === 'all-in-one' || role === 'notifications')
  (require('./retries') as typeof import('./retries')).shortRetries();
