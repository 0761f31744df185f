import { journeys } from './journeys';

journeys(2, 2);
