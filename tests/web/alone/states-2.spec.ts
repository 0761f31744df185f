import { visitStates } from '../visit-states';

visitStates(2, 2);
