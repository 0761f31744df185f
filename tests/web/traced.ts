import type { SpanExporter } from '../../libs/platform/src/observing/span-exporter';
import { traceTo, type Span } from '../../libs/platform/src/observing/tracing';

/** Everything that is traced in this process, from `start` to `stop`, as a collector would be sent it. */
export class Traced {
  private readonly spans: Span[] = [];

  start(): void {
    traceTo({ take: (span: Span) => void this.spans.push(span) } as unknown as SpanExporter);
  }

  stop(): void {
    traceTo(null);
  }

  /** The names on the way to each span of that name, from the first of its trace on. */
  waysTo(name: string): string[][] {
    const byId = new Map(this.spans.map((s) => [s.spanId, s]));
    return this.spans
      .filter((s) => s.name === name)
      .map((last) => {
        const way: Span[] = [];
        for (let at: Span | undefined = last; at; at = byId.get(at.parentSpanId)) way.unshift(at);
        return way.every((s) => s.traceId === last.traceId) ? way.map((s) => s.name) : [];
      });
  }

  /** All that is told of them beside their ids and times. */
  get told(): string {
    return JSON.stringify(this.spans.map(({ name, attributes }) => ({ name, attributes })));
  }
}
