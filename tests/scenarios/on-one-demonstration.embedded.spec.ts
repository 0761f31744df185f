/**
 * What is tried on every operation of a platform with the demonstration's records, on one such platform. In this order:
 * what counts on records as they were made, then every role at every operation, then what is written and where it is found, then random requests, which spoil them.
 */
import './hidden';
import './matrix';
import './canary';
import './fuzz';
import { endSharedDemonstration } from './platform';

afterAll(endSharedDemonstration, 60_000);
