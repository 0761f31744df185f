import { journeys } from './journeys';

journeys(1, 2);
