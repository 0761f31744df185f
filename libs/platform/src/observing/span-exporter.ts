import { count } from './metrics';
import type { Span } from './tracing';

const EVERY_MS = 2_000;
const BATCH = 512;
/** What may wait. A collector that is away costs memory up to here, and spans from then on: never a request. */
const WAITING = 5_000;
const PATIENCE_MS = 5_000;

/** Sends spans to an OpenTelemetry collector (OTLP over HTTP, JSON), in batches, beside everything else. */
export class SpanExporter {
  private waiting: Span[] = [];
  private sending: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  /** @param endpoint of the collector, such as `http://collector:4318` */
  constructor(
    private readonly endpoint: string,
    private readonly service: string,
  ) {
    this.timer = setInterval(() => void this.flush(), EVERY_MS).unref();
  }

  take(span: Span): void {
    if (this.waiting.length >= WAITING) return count('concordat_spans_dropped_total', {});
    this.waiting.push(span);
    if (this.waiting.length === BATCH) void this.flush();
  }

  /** Sends what waits. Never throws: a trace is not worth a failure. */
  flush(): Promise<void> {
    this.sending = this.sending.then(async () => {
      while (this.waiting.length > 0) await this.send(this.waiting.splice(0, BATCH));
    });
    return this.sending;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private async send(spans: readonly Span[]): Promise<void> {
    try {
      const response = await fetch(`${this.endpoint.replace(/\/$/, '')}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(otlp(this.service, spans)),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await response.arrayBuffer();
      if (!response.ok) count('concordat_spans_dropped_total', {}, spans.length);
    } catch {
      count('concordat_spans_dropped_total', {}, spans.length);
    }
  }
}

/** An ExportTraceServiceRequest in the JSON of OTLP 1.x. */
function otlp(service: string, spans: readonly Span[]): object {
  const attribute = ([key, value]: [string, string | number]): object => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: String(Math.round(value)) },
  });
  return {
    resourceSpans: [
      {
        resource: { attributes: Object.entries({ 'service.name': `concordat-${service}` }).map(attribute) },
        scopeSpans: [
          {
            scope: { name: 'concordat' },
            spans: spans.map((span) => ({
              ...{ traceId: span.traceId, spanId: span.spanId, parentSpanId: span.parentSpanId },
              ...{ name: span.name, kind: span.kind },
              startTimeUnixNano: String(span.start),
              endTimeUnixNano: String(span.end),
              attributes: Object.entries(span.attributes).map(attribute),
              status: { code: span.failed ? 2 : 1 },
            })),
          },
        ],
      },
    ],
  };
}
