import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { RequestExportDto } from './exports.dto';
import { ExportsService } from './exports.service';

@ContextController('records', 'exports')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  @Post()
  @HttpCode(202)
  @Describe({ summary: 'Take records out as a file', body: RequestExportDto, action: 'export.request', status: 202 })
  request(@Calling() call: Call) {
    return this.exports.request(call);
  }

  @Get()
  @Describe({ summary: 'Exports that the caller asked for, newest first', action: 'export.view' })
  list(@Calling() call: Call) {
    return this.exports.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One export: how far it has come, and what became of its file', action: 'export.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.exports.view(call, id);
  }

  @Get(':id/file')
  @Describe({ summary: 'The file, under its password', action: 'export.download', produces: 'application/zip' })
  async download(@Calling() call: Call, @Id() id: string) {
    const { name, content } = await this.exports.download(call, id);
    return new StreamableFile(content, { type: 'application/zip', disposition: `attachment; filename="${name}"` });
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @Describe({ summary: 'Stop an export; there will be no file', action: 'export.cancel' })
  cancel(@Calling() call: Call, @Id() id: string) {
    return this.exports.step(call, id, 'cancel');
  }

  @Post(':id/removal')
  @HttpCode(200)
  @Describe({ summary: 'Remove the file of an export', action: 'export.remove' })
  remove(@Calling() call: Call, @Id() id: string) {
    return this.exports.step(call, id, 'remove');
  }
}
