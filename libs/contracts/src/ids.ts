import { createHash, randomUUID } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A random UUIDv4 for a record. Random so that nothing about the record can be read from it (events.md P3). */
export const newId = (): string => randomUUID();

/**
 * A UUIDv7 for an event or an audit entry: 48 bits of milliseconds, then random bits (RFC 9562 §5.7). The random bits are
 * those of a UUIDv4, which Node draws from the system many at a time.
 */
export function newEventId(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** A stable UUID (version 8, RFC 9562 §5.8) for something that has a name but no row of its own, such as a service. */
export function nameId(name: string): string {
  const bytes = createHash('sha256').update(`concordat/${name}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return asUuid(bytes);
}

/** Whether `value` is a UUID in lower case, the only form that we mint. */
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

function asUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
