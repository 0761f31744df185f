export { available, chromiumHere, type Availability, type Available } from './available';
export { startKafka } from './kafka';
export { kafkaJars, kafkaVersion } from './kafka-jars';
export { startPostgres } from './postgres';
export { startRedis } from './redis';
export type { KafkaOptions, KafkaServers, PostgresServer, RedisServer, ServerOptions } from './servers';
export { infrastructureHere } from './here';
export { startInfrastructure, type Infrastructure } from './start';
