import { Kafka, type Message, type ProducerConfig } from 'kafkajs';
import { KafkaTransport } from '../../../../libs/messaging/src/transports/kafka';
import type { Shipment } from '../../../../libs/messaging/src/transport';
import { patch } from '../patch';

/** One send of a row each, all at once, by an idempotent producer (against events.md R3 and R4). */
export function withoutPlainProducer(): void {
  patch(Kafka.prototype, 'producer', (producer) => {
    return function (this: Kafka, config?: ProducerConfig) {
      return producer.call(this, { ...config, idempotent: true, retry: { retries: 5, maxRetryTime: 2_000 } });
    };
  });
  patch(KafkaTransport.prototype, 'send', () => {
    return async function (this: KafkaTransport, { topic, partition, rows }: Shipment): Promise<void> {
      const { producer } = this as unknown as { producer: { send(record: object): Promise<unknown> } };
      await Promise.all(
        rows.map(({ streamId, body }) => {
          const message: Message = { key: streamId, value: body, partition };
          return producer.send({ topic, messages: [message], acks: -1, timeout: 5_000 });
        }),
      );
    };
  });
}
