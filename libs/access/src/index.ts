export { AccessModule, type AccessOptions } from './access.module';
export { Members, type Member } from './members';
export { mayNot, demand, type Standing } from './decide';
