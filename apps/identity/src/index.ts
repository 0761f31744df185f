export { IdentityModule } from './identity.module';
export { PartnershipLoader, type Loaded } from './partnership/partnership-loader';
export { readPartnership, type Partnership } from './partnership/partnership';
