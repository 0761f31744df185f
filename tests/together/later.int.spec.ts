import { allBut, suitesOf } from './suites';

suitesOf(allBut('audit', 'referrals', 'identity', 'records'));
