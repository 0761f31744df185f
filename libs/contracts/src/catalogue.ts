import * as audit from './audit/events';
import type { ContextName } from './contexts';
import { describeEvent, typeOf, type EventClass } from './event';
import * as identity from './identity/events';
import * as notifications from './notifications/events';
import * as records from './records/events';
import * as handOver from './records/hand-over-events';
import * as retention from './records/retention-events';
import * as referrals from './referrals/events';
import * as risk from './risk/events';
import * as reviews from './reviews/events';
import * as sharing from './sharing/events';

const isEventClass = (value: unknown): value is EventClass =>
  typeof value === 'function' && describeEvent(value as EventClass) !== undefined;

/** Every event class by its type. The source of validators, of AsyncAPI and of the check that no handler is missing. */
export const eventClasses: ReadonlyMap<string, EventClass> = new Map(
  [identity, referrals, records, handOver, retention, sharing, risk, reviews, notifications, audit].flatMap((module) =>
    (Object.values(module) as unknown[]).filter(isEventClass).map((c) => [typeOf(c), c] as const),
  ),
);

const ACT = typeOf(audit.ActRecorded);

/** The types that a context publishes on its events topic. */
export const typesOf = (context: ContextName): string[] =>
  [...eventClasses.keys()].filter((type) => type.startsWith(`${context}.`) && type !== ACT);
