import { createPublicKey, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** What a consumer got: headers as they were, and the raw body. */
export interface Got {
  readonly id: string;
  readonly timestamp: number;
  readonly signature: string;
  readonly body: string;
}

/**
 * A system of an agency that is told by webhook. It fails as often as it is told to, by a seeded sequence, in turn by an
 * answer of 500 and by hanging up after it has read everything; and it can be down.
 */
export class Consumer {
  readonly got: Got[] = [];
  /** Ids that it said it has taken. */
  readonly taken = new Set<string>();
  failed = 0;
  private server: Server | null = null;
  private port = 0;
  private seed: number;

  constructor(
    seed: number,
    /** Share of what it is sent that it does not take, 0 to 1. May be changed at any time. */
    public failing: number,
    private readonly answer: (response: ServerResponse) => void = (response) => response.writeHead(204).end(),
  ) {
    this.seed = seed;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hooks`;
  }

  async up(): Promise<void> {
    this.server = createServer((request, response) => void this.hear(request, response));
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    const { server } = this;
    this.server = null;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  }

  private async hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const header = (name: string): string => String(request.headers[`webhook-${name}`]);
    const id = header('id');
    this.got.push({ id, timestamp: Number(header('timestamp')), signature: header('signature'), body });
    if (this.random() < this.failing) {
      if (this.failed++ % 2 === 0) response.writeHead(500).end();
      else request.socket.destroy();
      return;
    }
    this.taken.add(id);
    this.answer(response);
  }

  /** Park and Miller: the same every time for the same seed. */
  private random(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }
}

/** Whether the npm library `standardwebhooks`, of the authors of the standard, takes it by a shared secret: by `v1` (HMAC). */
export function libraryTakes({ id, timestamp, signature, body }: Got, secret: string): boolean {
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether one of the signatures by keys (`v1a`) is good, by Standard Webhooks 1.0 and nothing of ours: the library knows `v1` only and
 * passes over `v1a`.
 */
export function verifies({ id, timestamp, signature, body }: Got, publicKey: string): boolean {
  const raw = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
  return signature
    .split(' ')
    .map((one) => one.split(','))
    .some(
      ([version, value = '']) =>
        version === 'v1a' && verify(null, Buffer.from(`${id}.${timestamp}.${body}`), key, Buffer.from(value, 'base64')),
    );
}
