import { Lifecycle, LOGGER, PROCESS, SETTINGS, type Part, type ProcessInfo, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { SMTPServer, SMTPServerOptions } from 'smtp-server';
import { bounceIn } from '../bounce';
import { Carriers } from '../carriers/carriers';
import { ReturnPaths } from '../return-path';
import { NoticesService } from './notices.service';

/** Word of a letter repeats it, and ours are short. */
const MOST_BYTES = 512 * 1024;
const PATIENCE_MS = 30_000;
const MOST_AT_ONCE = 20;

const refusal = (responseCode: number, words: string): Error => Object.assign(new Error(words), { responseCode });

/**
 * Takes mail that a mail server sends on because a letter did not arrive, and nothing else: only at an address that was made for a
 * notice of ours. Where it is not set up, nothing listens. What comes is read and not kept; it may name somebody, so no line of a log
 * repeats it.
 */
@Injectable()
export class BounceMailbox implements Part {
  readonly name = 'bounces';
  private readonly paths: ReturnPaths | null;
  private readonly wantedPort: number;
  private readonly encryptedOnly: boolean;
  private server: SMTPServer | undefined;

  constructor(
    private readonly notices: NoticesService,
    private readonly carriers: Carriers,
    @Inject(SETTINGS) { BOUNCE_ADDRESS: address, BOUNCE_PORT: port = 0, production }: Settings,
    @Inject(PROCESS) { detailKeys }: ProcessInfo,
    @Inject(LOGGER) private readonly log: Logger,
    lifecycle: Lifecycle,
  ) {
    this.paths = address ? new ReturnPaths(address, detailKeys) : null;
    [this.wantedPort, this.encryptedOnly] = [port, production];
    if (this.paths) lifecycle.add(this);
  }

  /** Where it listens; null while it does not. */
  get port(): number | null {
    return (this.server?.server.address() as AddressInfo | null | undefined)?.port ?? null;
  }

  async start(): Promise<void> {
    const { SMTPServer: Server } = await import('smtp-server');
    const server = new Server(this.options());
    // A connection that breaks is the other side's to make again: it keeps what was not acknowledged.
    server.on('error', ({ code }: Error & { code?: string }) =>
      this.log.warn({ code }, 'mail that came back broke off'),
    );
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(this.wantedPort, () => resolve());
    });
    this.server = server;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }

  private options(): SMTPServerOptions {
    const tls = this.carriers.bounceTls;
    return {
      ...{ authOptional: true, disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'], disableReverseLookup: true },
      ...{ size: MOST_BYTES, maxClients: MOST_AT_ONCE, socketTimeout: PATIENCE_MS, closeTimeout: 5_000 },
      ...{ logger: false, hidePIPELINING: true, ...(tls ?? {}) },
      onMailFrom: (_address, session, answer) =>
        this.encryptedOnly && !session.secure
          ? answer(refusal(530, '5.7.0 Must issue a STARTTLS command first'))
          : answer(),
      onRcptTo: ({ address }, _session, answer) =>
        this.paths!.noticeOf(address) ? answer() : answer(refusal(550, '5.1.1 There is no such mailbox here')),
      onData: (stream, { envelope }, answer) => {
        const ids = [...new Set(envelope.rcptTo.flatMap(({ address }) => this.paths!.noticeOf(address) ?? []))];
        buffer(stream)
          .then((raw) => (stream.sizeExceeded ? Promise.reject(refusal(552, '5.3.4 Too large')) : this.take(ids, raw)))
          .then(
            () => answer(),
            (error: Error & { responseCode?: number }) =>
              answer(error.responseCode ? error : refusal(451, '4.3.0 Not taken now: try again')),
          );
      },
    };
  }

  /** What is no word of a letter is taken as well, and nothing is made of it: mail about mail is answered by none. */
  private async take(ids: readonly string[], raw: Buffer): Promise<void> {
    const after = await bounceIn(raw);
    if (after) for (const id of ids) await this.notices.arrived(id, after);
  }
}
