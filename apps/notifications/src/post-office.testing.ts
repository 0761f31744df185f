import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Posted {
  readonly to: string;
  /** Where word of it is to go: the sender of the envelope. */
  readonly back: string;
  /** Whether it came encrypted. */
  readonly secure: boolean;
  /** As it came over the wire, with its headers. */
  readonly raw: string;
  readonly messageId: string;
  readonly subject: string;
}

/** A mail server that listens in the test, and refuses what it is told to. */
export class PostOffice {
  readonly posted: Posted[] = [];
  /** By address: the reply to it as a recipient. */
  readonly refusals = new Map<string, { readonly code: number; readonly words: string }>();
  /** How many letters are taken and then not acknowledged: the sender cannot know. */
  loses = 0;
  private readonly server: SMTPServer;

  /** @param tls with what it encrypts; without, it does not offer to */
  constructor(tls?: { readonly key: Buffer; readonly cert: Buffer }) {
    this.server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: tls ? [] : ['STARTTLS'], disableReverseLookup: true, ...tls },
      onRcptTo: ({ address }, _session, answer) => {
        const refusal = this.refusals.get(address);
        if (!refusal) return answer();
        answer(Object.assign(new Error(refusal.words), { responseCode: refusal.code }));
      },
      onData: (stream, { envelope, secure }, answer) => {
        void text(stream).then((raw) => {
          const back = envelope.mailFrom ? envelope.mailFrom.address : '';
          const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'mi').exec(raw)?.[1]?.trim() ?? '';
          for (const { address } of envelope.rcptTo)
            this.posted.push({
              to: address,
              back,
              secure,
              raw,
              messageId: header('Message-ID'),
              subject: header('Subject'),
            });
          if (this.loses-- > 0) return answer(Object.assign(new Error('Try later'), { responseCode: 451 }));
          answer();
        });
      },
    });
  }

  /** Answers its address: `smtp://127.0.0.1:…`. */
  start(): Promise<string> {
    return new Promise((resolve) => {
      const listening = this.server.listen(0, '127.0.0.1', () =>
        resolve(`smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`),
      );
    });
  }

  to(address: string): Posted[] {
    return this.posted.filter((letter) => letter.to === address);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
