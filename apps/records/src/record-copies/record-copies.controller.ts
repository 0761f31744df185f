import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { GiveRecordsDto } from './record-copies.dto';
import { RecordCopiesService } from './record-copies.service';

@ContextController('records', 'cases/:id/records')
export class RecordCopiesController {
  constructor(private readonly copies: RecordCopiesService) {}

  @Post()
  @HttpCode(200)
  @Describe({
    summary:
      'A case as records of Social Care Data (MAIS), for another agency’s system: decided by the agreements first',
    body: GiveRecordsDto,
    action: 'case.give-records',
    produces: 'application/ld+json',
  })
  async give(@Calling() call: Call, @Id() id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { name, records } = await this.copies.give(call, id);
    void reply.type('application/ld+json').header('content-disposition', `attachment; filename="${name}"`);
    return JSON.stringify(records);
  }
}
