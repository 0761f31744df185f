export { signAgreement } from './demonstration/agreement';
export { loadDemonstration, type Installation, type Loaded } from './demonstration/demonstration';
export { Visitors, type Visitor, type Answer, type Reception, type Refused } from './demonstration/visitors';
export { signInNames, type SignInName } from './demonstration/demo-files';
