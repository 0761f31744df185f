import type { ContextName } from './contexts';

/** A class that describes the data of one event type and version; its class-validator rules are the contract. */
export type EventClass<T extends object = object> = new () => T;

const described = new Map<EventClass, { type: string; summary: string }>();

/**
 * Names the type of an event class: `<context>.<fact>.v<n>`, past tense (events.md K2). A new meaning is a new class with
 * the next number, published beside the old one (K5); a class only ever gains optional fields (K4).
 */
export function EventType(type: string, summary: string) {
  return (target: EventClass): void => void described.set(target, { type, summary });
}

/** The type and the one-line meaning of an event class; undefined for a class that is none. */
export const describeEvent = (target: EventClass): { type: string; summary: string } | undefined =>
  described.get(target);

/** The type of an event class. Throws for a class without `@EventType`, which is a programming error. */
export function typeOf(target: EventClass): string {
  const found = described.get(target);
  if (!found) throw new Error(`${target.name} has no @EventType`);
  return found.type;
}

/** A CloudEvents 1.0 envelope in structured JSON, one event per record (events.md K1, K2). */
export interface CloudEvent<T = unknown> {
  specversion: '1.0';
  id: string;
  source: string;
  subject: string;
  type: string;
  time: string;
  datacontenttype: 'application/json';
  dataschema: string;
  partitionkey: string;
  /** Gapless version of the stream, as a string because it may outgrow 53 bits. Absent on audit acts, numbered on relay. */
  caseversion?: string;
  correlationid: string;
  causationid?: string;
  traceparent?: string;
  data: T;
}

/** What a handler is given: a validated event of a stream, with its place in it. */
export interface Received<T = unknown> {
  readonly id: string;
  readonly type: string;
  readonly source: ContextName;
  readonly streamId: string;
  readonly version: bigint;
  readonly time: Date;
  readonly correlationId: string;
  /** The place in a trace that it was published from (W3C), where traces are kept. */
  readonly traceparent?: string;
  readonly data: T;
}
