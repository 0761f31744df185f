export { AccessModule, type AccessOptions } from './access.module';
export { Members, type Member } from './members';
export { demandFresh } from './fresh';
export { mayNot, demand, type Standing } from './decide';
