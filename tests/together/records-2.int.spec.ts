import { suitesOf } from './suites';

suitesOf(['records'], 2, 3);
