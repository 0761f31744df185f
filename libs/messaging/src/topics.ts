import type { KafkaSecurity } from '@concordat/platform';
import type { Logger } from 'pino';

/**
 * prepareTopics makes the topics of every context that a Kafka cluster lacks, with the settings that they have for life
 * (events.md §5). Throws when the cluster cannot be reached within two minutes, or has a topic that is not as it must be.
 */
export async function prepareTopics(
  brokers: readonly string[],
  log: Logger,
  security: KafkaSecurity = {},
): Promise<void> {
  const { KafkaTransport } = await import('./transports/kafka.js');
  await new KafkaTransport(brokers, 'migrate', log, { security }).prepare();
}
