import { newId } from '@concordat/contracts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The decision point, as far as risk asks it, and records, which says what people are called: it permits what goes to the agencies in `permits`, by an agreement of its own. */
export class DecisionsStandIn {
  readonly questions: { sender: string; recipients: string[]; items: string[] }[] = [];
  permits = new Set<string>();
  down = false;
  /** What records knows of people: whether they are under 18. */
  readonly minors = new Map<string, boolean>();
  private server: Server | null = null;

  /** Answers where it is, as CONCORDAT_URLS says it. */
  async start(): Promise<string> {
    this.server = createServer((request, reply) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const sent = Buffer.concat(parts).toString('utf8');
        // Whoever asks for anything else, such as what was missed, is told that there is nothing.
        if (request.url?.startsWith('/api/records/cases/')) {
          reply.writeHead(this.down ? 503 : 200, { 'content-type': 'application/json' });
          const people = [...this.minors].map(([id, minor]) => ({ id, name: '', minor }));
          return void reply.end(JSON.stringify({ reference: 'C-1', people }));
        }
        if (request.url !== '/api/sharing/decisions')
          return void reply.end(JSON.stringify({ heads: [], next: null, items: [] }));
        const question = JSON.parse(sent) as DecisionsStandIn['questions'][number];
        this.questions.push(question);
        const permit = question.recipients.every((org) => this.permits.has(org));
        const decision = permit
          ? { outcome: 'PERMIT', reasons: [], isa: 'stand-in@1.0.0', flowId: 'F1', lineIds: [] }
          : { outcome: 'DENY', reasons: ['AGREEMENT_UNKNOWN'], isa: null, flowId: null, lineIds: [] };
        reply.writeHead(this.down ? 503 : 200, { 'content-type': 'application/json' });
        reply.end(JSON.stringify({ id: newId(), decision }));
      });
    });
    await new Promise<void>((r) => this.server!.listen(0, '127.0.0.1', r));
    return `sharing=http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((r) => (this.server ? this.server.close(() => r()) : r()));
  }
}
