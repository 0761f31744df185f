import { suitesOf } from './suites';

suitesOf(['referrals', 'identity']);
