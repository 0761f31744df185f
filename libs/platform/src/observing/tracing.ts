import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { SpanExporter } from './span-exporter';

/** What a span is about: codes and counts. Never an id of a person, an address, a query, or a word that somebody wrote. */
export type Attributes = Readonly<Record<string, string | number>>;

/** OTLP's numbers for kinds of span. */
export const KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/** A finished stretch of work, as it is exported. Times in nanoseconds since 1970. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: (typeof KINDS)[keyof typeof KINDS];
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Attributes;
  readonly failed: boolean;
}

interface Place {
  readonly traceId: string;
  readonly spanId: string;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;
const here = new AsyncLocalStorage<Place>();
let exporter: SpanExporter | null = null;

/** Sends spans to `to` from now on, or to nobody. Without anybody to send to, nothing below does anything. */
export const traceTo = (to: SpanExporter | null): void => void (exporter = to);
/** Whether anybody is sent spans, so that none need be made for nobody. */
export const isTracing = (): boolean => exporter !== null;

/** The place in a trace that a W3C `traceparent` names; null for anything else, and for one of zeros. */
export function placeOf(traceparent: unknown): Place | null {
  const [, traceId, spanId] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent)) || [];
  return traceId && spanId && !/^0+$/.test(traceId) && !/^0+$/.test(spanId) ? { traceId, spanId } : null;
}

/** Where this very work stands in a trace, for whatever goes out from it; undefined when nothing is traced. */
export function traceparent(): string | undefined {
  const place = exporter ? here.getStore() : undefined;
  return place && `00-${place.traceId}-${place.spanId}-01`;
}

/** As a header of a request to another part; nothing when nothing is traced. */
export function traceHeaders(): Record<string, string> {
  const value = traceparent();
  return value ? { traceparent: value } : {};
}

/** A span that was begun. */
export interface Begun {
  /** Runs `fn` inside it: what begins there is its child. */
  within<T>(fn: () => T): T;
  end(failed?: boolean, more?: Attributes): void;
}

const now = (): bigint => BigInt(Date.now()) * 1_000_000n;
const hrtime = (): bigint => process.hrtime.bigint();

/** begin opens a span under `parent` (a traceparent), or under where we are; null when nothing is traced. */
export function begin(name: string, kind: keyof typeof KINDS, attributes: Attributes, parent?: string): Begun | null {
  const to = exporter;
  if (!to) return null;
  const above = placeOf(parent) ?? here.getStore();
  const place = { traceId: above?.traceId ?? randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
  const [start, clock] = [now(), hrtime()];
  let open = true;
  return {
    within: (fn) => here.run(place, fn),
    end: (failed = false, more = {}) => {
      if (!open) return;
      open = false;
      to.take({
        ...place,
        ...{ parentSpanId: above?.spanId ?? '', name, kind: KINDS[kind], start, end: start + (hrtime() - clock) },
        ...{ attributes: { ...attributes, ...more }, failed },
      });
    },
  };
}

/** inSpan runs `fn` in a span of its own, which ends with it. Costs one comparison when nothing is traced. */
export async function inSpan<T>(
  name: string,
  kind: keyof typeof KINDS,
  attributes: Attributes,
  fn: () => Promise<T>,
  parent?: string,
): Promise<T> {
  const span = begin(name, kind, attributes, parent);
  if (!span) return fn();
  try {
    const value = await span.within(fn);
    span.end();
    return value;
  } catch (error) {
    span.end(true);
    throw error;
  }
}
