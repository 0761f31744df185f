import { suitesOf } from './suites';

suitesOf(['records'], 1, 3);
