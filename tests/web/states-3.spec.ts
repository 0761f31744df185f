import { visitStates } from './visit-states';

visitStates(3, 3);
