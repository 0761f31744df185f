import { suitesOf } from './suites';

suitesOf(['audit']);
