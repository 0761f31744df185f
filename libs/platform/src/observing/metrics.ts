import { Injectable } from '@nestjs/common';

export type Labels = Readonly<Record<string, string>>;

/** One value at one moment. Labels are codes out of short lists: never an id, and nothing about anybody. */
export interface Sample {
  readonly name: keyof typeof METRICS;
  readonly labels: Labels;
  readonly value: number;
}

type Kind = 'counter' | 'gauge' | 'histogram';

/** Every metric there is, with what it means. A name that is not here does not compile. Times in seconds. */
export const METRICS = {
  concordat_ready: ['gauge', '1 when this process makes progress in every part, as /health/ready says'],
  concordat_part_trouble: ['gauge', '1 while a part of this process does not make progress'],
  concordat_part_progress_age_seconds: [
    'gauge',
    'Since a part that works again and again last came to the end of a round',
  ],
  concordat_outbox_unsent: ['gauge', 'Events and acts that were committed and are not sent yet'],
  concordat_outbox_oldest_seconds: ['gauge', 'Age of the oldest of them; 0 when there is none'],
  concordat_inbox_waiting: ['gauge', 'Events and acts that were received and are not applied yet'],
  concordat_inbox_oldest_seconds: ['gauge', 'Age of the oldest of them; 0 when there is none'],
  concordat_parked_streams: ['gauge', 'Records that are held up until somebody looks'],
  concordat_malformed_records: ['gauge', 'Messages that could not be read, kept apart'],
  concordat_projection_age_seconds: ['gauge', 'Since this context last compared its copy with its owner'],
  concordat_healed_total: ['counter', 'Events that had been missed and were fetched from their owner'],
  concordat_kafka_lag: ['gauge', 'Messages behind the end of the topic, over the partitions held here'],
  concordat_ledger_entries: ['gauge', 'Entries of the ledger'],
  concordat_ledger_unsigned_entries: ['gauge', 'Entries that are under no signed checkpoint yet'],
  concordat_checkpoint_age_seconds: ['gauge', 'Since the newest checkpoint was signed'],
  concordat_ledger_stopped: ['gauge', '1 when the ledger has refused to go on, because it is not as it was left'],
  concordat_acts_total: ['counter', 'Acts put on record by this process, by outcome'],
  concordat_notice_attempts_total: ['counter', 'Attempts to send an e-mail or text message, by channel and outcome'],
  concordat_decisions_total: ['counter', 'Decisions whether something may be shared, by outcome'],
  concordat_http_requests_total: ['counter', 'Requests answered, by method and class of status'],
  concordat_http_request_seconds: ['histogram', 'How long requests took to answer'],
  concordat_http_in_flight: ['gauge', 'Requests being answered'],
  concordat_spans_dropped_total: ['counter', 'Spans of traces that could not be sent'],
  process_resident_memory_bytes: ['gauge', 'Resident memory'],
  process_heap_used_bytes: ['gauge', 'Heap in use'],
  process_event_loop_delay_seconds: ['gauge', 'How late the event loop was, 99th percentile since the last look'],
} as const satisfies Record<string, readonly [Kind, string]>;

const BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counters of this process. They only grow, and cost an addition. */
const counted = new Map<string, { sample: Sample; value: number }>();
const durations = { counts: new Array<number>(BUCKETS.length + 1).fill(0), sum: 0 };

/** count adds to a counter. */
export function count(name: Sample['name'], labels: Labels, by = 1): void {
  const key = name + JSON.stringify(labels);
  const found = counted.get(key);
  if (found) found.value += by;
  else counted.set(key, { sample: { name, labels, value: 0 }, value: by });
}

/** Takes down how long a request took, in seconds. */
export function timed(seconds: number): void {
  const at = BUCKETS.findIndex((b) => seconds <= b);
  durations.counts[at < 0 ? BUCKETS.length : at]! += 1;
  durations.sum += seconds;
}

/** What the parts of this process say of themselves when somebody asks. */
@Injectable()
export class Metrics {
  private readonly collectors: (() => Promise<readonly Sample[]> | readonly Sample[])[] = [];

  /** Adds a look at something. It is made only when metrics are asked for. */
  collect(look: () => Promise<readonly Sample[]> | readonly Sample[]): void {
    this.collectors.push(look);
  }

  /** Everything in the text format of Prometheus. A look that fails is left out: the others are still worth having. */
  async text(): Promise<string> {
    const looks = await Promise.all(this.collectors.map(async (look) => look()).map((l) => l.catch(() => [])));
    const samples = [...looks.flat(), ...[...counted.values()].map(({ sample, value }) => ({ ...sample, value }))];
    const lines: string[] = [];
    for (const [name, [kind, help]] of Object.entries(METRICS)) {
      const own = kind === 'histogram' ? histogram(name) : samples.filter((s) => s.name === name).map(line);
      if (own.length > 0) lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...own);
    }
    return `${lines.join('\n')}\n`;
  }
}

function line({ name, labels, value }: Sample): string {
  const text = Object.entries(labels).map(([key, v]) => `${key}="${v.replace(/[\\"\n]/g, '_')}"`);
  return `${name}${text.length > 0 ? `{${text.join(',')}}` : ''} ${value}`;
}

function histogram(name: string): string[] {
  let total = 0;
  const buckets = [...BUCKETS.map(String), '+Inf'].map(
    (le, i) => `${name}_bucket{le="${le}"} ${(total += durations.counts[i]!)}`,
  );
  return [...buckets, `${name}_sum ${durations.sum}`, `${name}_count ${total}`];
}
