import { suitesOf } from './suites';

suitesOf(['records'], 3, 3);
