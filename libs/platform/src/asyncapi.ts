import {
  ActRecorded,
  actsTopic,
  contexts,
  describeEvent,
  eventClasses,
  eventsTopic,
  PARTITIONS,
  typesOf,
} from '@concordat/contracts';
import { schemasOf } from './schemas';

type Json = Record<string, unknown>;
const RETENTION_MS = 14 * 24 * 3_600_000;

/** asyncApi describes every topic and event as AsyncAPI 3 (events.md K3), generated from the event classes. */
export function asyncApi(): Json {
  const act = 'audit.act-recorded.v1';
  const channels: Record<string, Json> = {};
  const operations: Record<string, Json> = {};
  for (const context of contexts) {
    const topics: [string, string[], string][] = [
      [
        eventsTopic(context),
        typesOf(context),
        'Facts of this context, in order per stream. Ids, codes and dates only.',
      ],
      [
        actsTopic(context),
        [act],
        'Audit acts of this context on their way to the ledger: one stream, numbered without gaps.',
      ],
    ];
    for (const [topic, types, description] of topics) {
      if (types.length === 0) continue;
      channels[topic] = {
        address: topic,
        description,
        messages: Object.fromEntries(types.map((t) => [t, { $ref: `#/components/messages/${t}` }])),
        bindings: {
          kafka: {
            topic,
            partitions: PARTITIONS,
            topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': RETENTION_MS },
          },
        },
      };
      operations[`send.${topic}`] = {
        action: 'send',
        channel: { $ref: `#/channels/${topic}` },
        summary: `${context} publishes`,
      };
    }
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Concordat events',
      version: '1',
      description: 'CloudEvents 1.0 in structured JSON, one per record, keyed by stream.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels,
    operations,
    components: {
      messages: Object.fromEntries(
        [...eventClasses].map(([type, cls]) => [
          type,
          {
            name: type,
            title: cls.name,
            summary: describeEvent(cls)?.summary,
            contentType: 'application/cloudevents+json',
            payload: envelopeOf(type, cls.name),
          },
        ]),
      ),
      schemas: schemasOf([...eventClasses.values(), ActRecorded]),
    },
  };
}

const envelopeOf = (type: string, schema: string): Json => ({
  type: 'object',
  required: [
    'specversion',
    'id',
    'source',
    'subject',
    'type',
    'time',
    'datacontenttype',
    'dataschema',
    'partitionkey',
    'correlationid',
    'data',
  ],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', format: 'uuid' },
    source: { enum: [...contexts] },
    subject: { type: 'string', format: 'uuid', description: 'The stream' },
    type: { const: type },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    dataschema: { type: 'string' },
    partitionkey: { type: 'string', format: 'uuid' },
    caseversion: { type: 'string', description: 'Gapless version of the stream, from 1' },
    correlationid: { type: 'string' },
    causationid: { type: 'string' },
    traceparent: { type: 'string' },
    data: { $ref: `#/components/schemas/${schema}` },
  },
});
