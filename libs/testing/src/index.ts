export { testDatabase, type TestDatabase } from './database';
export { eventually } from './eventually';
export { leftOf } from './left-of';
export {
  describeWithInfrastructure,
  sharedKafka,
  sharedRedis,
  ownKafka,
  ownRedis,
  type SharedKafka,
  type SharedRedis,
} from './infrastructure';
export { startApp, loadDemoPartnership, type Act, type TestApp, type Overrides } from './app';
export { callerAt, personaToken, type Answer, type Caller, type CallOptions } from './actors';
