export { testDatabase, type TestDatabase } from './database';
export { eventually } from './eventually';
export {
  describeWithInfrastructure,
  sharedKafka,
  sharedRedis,
  ownKafka,
  ownRedis,
  type SharedKafka,
  type SharedRedis,
} from './infrastructure';
