export { AccessModule, type AccessOptions } from './access.module';
export { Members, type Member } from './members';
export { decideSharing, type SharingDecision } from './sharing-decision';
export { demandFresh } from './fresh';
export { mayNot, demand, type Standing } from './decide';
