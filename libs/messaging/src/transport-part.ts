import type { Part } from '@concordat/platform';
import type { Logger } from 'pino';
import type { EventTransport } from './transport';

/**
 * Runs a transport beside the requests, and does not let them wait for it. A consumer group holds everybody up for as long as
 * the session of a member that was killed, and a cluster may be away for longer: the outbox keeps what is sent meanwhile.
 */
export class TransportPart implements Part {
  readonly name = 'event transport';
  private state: 'new' | 'starting' | 'started' | 'stopped' = 'new';

  /** @param fail is told that it will never start; it MUST end the process with a code other than zero (events.md C10) */
  constructor(
    private readonly transport: EventTransport,
    private readonly log: Logger,
    private readonly fail: () => void = () => process.exit(1),
  ) {}

  /** Returns at once; until the transport has started, that is this part's trouble. */
  start(): void {
    this.state = 'starting';
    this.transport.start().then(
      () => {
        if (this.state === 'starting') this.state = 'started';
      },
      (err: unknown) => {
        if (this.state === 'stopped') return;
        this.log.fatal({ err }, 'the event transport cannot start');
        this.fail();
      },
    );
  }

  stop(): Promise<void> {
    this.state = 'stopped';
    return this.transport.stop();
  }

  trouble(): string | null {
    return this.state === 'starting' ? 'has not joined yet' : this.transport.trouble();
  }
}
