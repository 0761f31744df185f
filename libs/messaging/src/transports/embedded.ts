import { failpoint } from '@concordat/platform';
import type { Inbox } from '../inbox';
import type { EventTransport, Shipment } from '../transport';

/**
 * The event path inside one process: instead of Kafka, the relay puts rows straight into the inboxes of the contexts that
 * subscribe, each in its own schema under its own role. Everything before and after is the same code as over Kafka.
 */
export class EmbeddedTransport implements EventTransport {
  readonly partitioned = false;
  private readonly inboxes: Inbox[] = [];

  subscribe(inbox: Inbox): void {
    this.inboxes.push(inbox);
  }

  async send(shipment: Shipment): Promise<void> {
    const arrivals = shipment.rows.map((row) => ({ source: shipment.source, ...row }));
    // One after another: a crash between two inboxes leaves the row unmarked, and sending again is harmless.
    for (const inbox of this.inboxes) {
      if (!inbox.sources.includes(shipment.source)) continue;
      await inbox.receive(arrivals, 'until-marked');
      failpoint('between-inboxes');
    }
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  trouble(): string | null {
    return null;
  }
}
