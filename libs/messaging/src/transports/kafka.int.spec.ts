import { describeWithInfrastructure, ownKafka } from '@concordat/testing';
import { KafkaTransport } from './kafka';
import { transportContract } from './transport.contract';

describeWithInfrastructure('KafkaTransport', () => {
  transportContract(async () => {
    const kafka = await ownKafka();
    return { open: (log) => new KafkaTransport(kafka.brokers, 'test', log, fail), close: () => kafka.stop() };
  });
});

function fail(error: Error): void {
  throw error;
}
