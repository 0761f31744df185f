import { visitStates } from '../visit-states';

visitStates(1, 2);
