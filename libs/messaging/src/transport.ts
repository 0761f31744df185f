import type { Sample } from '@concordat/platform';
import type { Inbox, Source } from './inbox';

/** Records of one topic and partition, in order. */
export interface Shipment {
  readonly source: Source;
  readonly topic: string;
  readonly partition: number;
  readonly rows: readonly {
    readonly eventId: string;
    readonly streamId: string;
    readonly version: bigint;
    readonly body: Buffer;
  }[];
}

/** Sends what the relay gives it. One of the two seams of the event path with two living implementations. */
export interface EventPublisher {
  /** Whether order is kept, and sending goes on, by partition. If not, a round's rows are one shipment. */
  readonly partitioned: boolean;
  /**
   * send MUST resolve only when every row is stored where consumers will find it, in order, and MUST reject when that is
   * in doubt: the relay then sends the same rows again. It is never called twice at once for one partition (R3).
   */
  send(shipment: Shipment): Promise<void>;
}

/** Receives records and does one thing with them: `inbox.receive` or `inbox.reject`, then acknowledges (C1). */
export interface EventTransport extends EventPublisher {
  /** subscribe is called for each context of this process before `start`. */
  subscribe(inbox: Inbox): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Messages behind, where there is a broker that knows. */
  lag?(): readonly Sample[];
  trouble(): string | null;
}

export const TRANSPORT = Symbol('EventTransport');
