import {
  ActRecorded,
  eventClasses,
  isId,
  type CloudEvent,
  type ContextName,
  type EventClass,
  type Received,
} from '@concordat/contracts';
import { conforming } from '@concordat/platform';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Arrival, Source } from './inbox';

/** Raised for a record that can never be applied as it is: its stream is parked until somebody looks (C5, C6). */
export class Unprocessable extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'Unprocessable';
  }
}

/** readEnvelope reads the routing facts of a record. Never throws: null means malformed (C3). */
export function readEnvelope(source: Source, body: Buffer): Arrival | null {
  let event: Partial<CloudEvent>;
  try {
    event = JSON.parse(body.toString('utf8')) as Partial<CloudEvent>;
  } catch {
    return null;
  }
  if (typeof event !== 'object' || event === null) return null;
  const version = event.caseversion;
  if (!isId(event.id) || !isId(event.subject) || typeof event.type !== 'string') return null;
  if (typeof version !== 'string' || !/^[1-9][0-9]{0,18}$/.test(version)) return null;
  return { source, streamId: event.subject, version: BigInt(version), eventId: event.id, body };
}

const compiled = new Map<EventClass, (data: unknown) => boolean>();

function conforms(type: EventClass, data: unknown): boolean {
  let rules = compiled.get(type);
  if (!rules) compiled.set(type, (rules = conforming(type)));
  return rules(data);
}

/** decode validates a stored record against its event class: the second door (house.md §5). Throws Unprocessable. */
export function decode(arrival: Arrival): Received<never> {
  const event = JSON.parse(arrival.body.toString('utf8')) as CloudEvent;
  const type = eventClasses.get(event.type);
  if (!type) throw new Unprocessable('event.unknown-type');
  if (typeof event.data !== 'object' || event.data === null || Array.isArray(event.data))
    throw new Unprocessable('event.invalid');
  // An act is flat and there are many: what class-transformer would do for it takes longer than sealing it.
  const data = type === ActRecorded ? Object.assign(new ActRecorded(), event.data) : plainToInstance(type, event.data);
  // Unknown fields are allowed, as a newer producer may have added optional ones (K4): those take the slow way.
  if (!conforms(type, event.data) && validateSync(data, { forbidUnknownValues: true }).length > 0)
    throw new Unprocessable('event.invalid');
  return {
    id: event.id,
    type: event.type,
    source: arrival.source.split('.')[0] as ContextName,
    streamId: arrival.streamId,
    version: arrival.version,
    time: new Date(event.time),
    correlationId: event.correlationid,
    ...(typeof event.traceparent === 'string' ? { traceparent: event.traceparent } : {}),
    data: data as never,
  };
}

/** The body of an act with the number that the relay gave it, as it is sent. The same number gives the same bytes. */
export function withVersion(body: Buffer, version: bigint): Buffer {
  return Buffer.concat([body.subarray(0, body.length - 1), Buffer.from(`,"caseversion":"${version}"}`)]);
}
