/**
 * Scenarios that can follow each other on one platform, because to start one as services takes longer than most of them.
 * Those that kill come last: they need a log in which something happened.
 */
import './story';
import './revoked';
import './killed';
import { endSharedPlatform } from './platform';

afterAll(endSharedPlatform, 60_000);
