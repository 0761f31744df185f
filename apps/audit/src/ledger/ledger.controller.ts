import { Calling, ContextController, Describe, Id, Open, type Call, type Request } from '@concordat/platform';
import { Get, Header, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ConsistencyQueryDto } from './ledger.dto';
import { LedgerService } from './ledger.service';

const TEXT = 'text/plain; charset=utf-8';

@ContextController('audit')
export class LedgerController {
  constructor(private readonly ledger: LedgerService) {}

  @Get('checkpoint')
  @Open()
  @Header('content-type', TEXT)
  @Header('cache-control', 'public, max-age=1')
  @Describe({ summary: 'The newest signed checkpoint (C2SP tlog-checkpoint)', produces: 'text/plain' })
  checkpoint() {
    return this.ledger.checkpoint();
  }

  @Get('witnessed-checkpoint')
  @Open()
  @Header('content-type', TEXT)
  @Header('cache-control', 'public, max-age=1')
  @Describe({ summary: 'The newest checkpoint that enough witnesses have cosigned', produces: 'text/plain' })
  witnessed() {
    return this.ledger.witnessed();
  }

  @Get('policy')
  @Open()
  @Header('content-type', TEXT)
  @Describe({ summary: 'A policy file with the log’s keys (C2SP tlog-policy)', produces: 'text/plain' })
  policy() {
    return this.ledger.policy();
  }

  @Get('vkey')
  @Open()
  @Header('content-type', TEXT)
  @Describe({ summary: 'The log’s verifier keys, one a line (C2SP signed-note)', produces: 'text/plain' })
  async vkey() {
    return (await this.ledger.vkeys()).map((k) => `${k}\n`).join('');
  }

  @Get('tile/*')
  @Header('content-type', 'application/octet-stream')
  @Header('cache-control', 'private, max-age=31536000, immutable')
  @Describe({
    summary: 'A tile of hashes or a bundle of entries (C2SP tlog-tiles)',
    action: 'ledger.read',
    produces: 'application/octet-stream',
  })
  tile(@Calling() call: Call, @Req() request: Request) {
    return this.ledger.tile(call, (request.url.split('?')[0] ?? '').slice('/api/audit/'.length));
  }

  @Get('entries/:eventId')
  @Describe({ summary: 'One act, with what opens its commitment', action: 'ledger.read' })
  entry(@Calling() call: Call, @Id('eventId') eventId: string) {
    return this.ledger.entry(call, eventId);
  }

  @Get('proofs/:eventId')
  @Describe({
    summary: 'Proof that an act is in the log (C2SP tlog-proof)',
    action: 'trail.verify',
    produces: 'text/plain',
  })
  async proof(@Calling() call: Call, @Id('eventId') eventId: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return whenFinal(await this.ledger.proof(call, eventId), reply);
  }

  @Get('consistency')
  @Describe({
    summary: 'Proof that the log has only been added to between two sizes',
    query: ConsistencyQueryDto,
    action: 'trail.verify',
  })
  consistency(@Calling() call: Call) {
    return this.ledger.consistency(call);
  }

  @Get('receipts/:auditId')
  @Describe({
    summary: 'The receipt of an act of one’s own (C2SP tlog-proof)',
    action: 'receipt.read',
    produces: 'text/plain',
  })
  async receipt(@Calling() call: Call, @Id('auditId') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return whenFinal(await this.ledger.receipt(call, id), reply);
  }

  @Get('status')
  @Describe({ summary: 'How far the log is, and how far behind' })
  status(@Calling() _call: Call) {
    return this.ledger.status();
  }
}

/** A proof as text, or 202 while no checkpoint covers the act. */
function whenFinal(proof: string | null, reply: FastifyReply): string | { status: 'pending' } {
  if (proof === null) {
    void reply.status(202);
    return { status: 'pending' };
  }
  void reply.header('content-type', TEXT);
  return proof;
}
