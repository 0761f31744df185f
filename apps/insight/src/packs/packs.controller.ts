import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { RequestPackDto } from './packs.dto';
import { PacksService } from './packs.service';

@ContextController('insight', 'quarterly-packs')
export class PacksController {
  constructor(private readonly packs: PacksService) {}

  @Post()
  @HttpCode(202)
  @Describe({
    summary: 'Make the pack of a period',
    body: RequestPackDto,
    action: 'quarterly-pack.request',
    status: 202,
  })
  request(@Calling() call: Call) {
    return this.packs.request(call);
  }

  @Get()
  @Describe({ summary: 'Packs that the caller asked for, newest first', action: 'quarterly-pack.view' })
  list(@Calling() call: Call) {
    return this.packs.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One pack: how far it has come', action: 'quarterly-pack.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.packs.view(call, id);
  }

  @Get(':id/file')
  @Describe({ summary: 'The pack as a tagged PDF', action: 'quarterly-pack.download', produces: 'application/pdf' })
  async download(@Calling() call: Call, @Id() id: string) {
    const { name, bytes } = await this.packs.download(call, id);
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: `attachment; filename="${name}"` });
  }
}
