import { createServer, type Server } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Lifecycle, Part } from '../lifecycle';
import type { Metrics, Sample } from './metrics';

/**
 * Serves `/metrics` on a port of its own (METRICS_PORT), which no browser is ever led to. Without the setting there is no such
 * port, nothing is measured, and nothing is looked at.
 */
export class MetricsServer implements Part {
  readonly name = 'metrics';
  private server: Server | null = null;
  private readonly delay = monitorEventLoopDelay({ resolution: 20 });

  constructor(
    private readonly port: number,
    private readonly host: string,
    private readonly metrics: Metrics,
    lifecycle: Lifecycle,
  ) {
    metrics.collect(() => [...this.ofProcess(), ...ofParts(lifecycle)]);
  }

  /** Where it listens; 0 before. */
  get listensOn(): number {
    const address = this.server?.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  start(): Promise<void> {
    this.delay.enable();
    this.server = createServer((request, response) => {
      if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
      this.metrics.text().then(
        (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
        () => response.writeHead(500).end(),
      );
    });
    return new Promise((resolve, reject) => {
      this.server!.once('error', reject).listen(this.port, this.host, resolve);
    });
  }

  stop(): Promise<void> {
    this.delay.disable();
    this.server?.closeAllConnections();
    return new Promise((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }

  private ofProcess(): Sample[] {
    const { rss, heapUsed } = process.memoryUsage();
    const late = this.delay.percentile(99) / 1e9;
    this.delay.reset();
    return [
      { name: 'process_resident_memory_bytes', labels: {}, value: rss },
      { name: 'process_heap_used_bytes', labels: {}, value: heapUsed },
      { name: 'process_event_loop_delay_seconds', labels: {}, value: Number.isFinite(late) ? late : 0 },
    ];
  }
}

function ofParts(lifecycle: Lifecycle): Sample[] {
  const parts = lifecycle.standing();
  return [
    { name: 'concordat_ready', labels: {}, value: lifecycle.troubles().length === 0 ? 1 : 0 },
    ...parts.map(({ part, trouble }): Sample => ({
      name: 'concordat_part_trouble',
      labels: { part },
      value: trouble ? 1 : 0,
    })),
    ...parts.flatMap(({ part, ageMs }): Sample[] =>
      ageMs === null ? [] : [{ name: 'concordat_part_progress_age_seconds', labels: { part }, value: ageMs / 1000 }],
    ),
  ];
}
