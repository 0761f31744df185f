export { AccessModule, type AccessOptions } from './access.module';
export { Members, type Member } from './members';
export { demandFresh, isFresh } from './fresh';
export { mayNot, demand, type Standing } from './decide';
