import { Calling, ContextController, Describe, Id, receiveBytes, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, StreamableFile, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ClearingService } from './clearing.service';
import { FilesService } from './files.service';
import { MapService } from './map.service';
import { ClearHitDto, MapPersonDto, ReleaseFileDto, ScanFileDto, WithdrawFileDto } from './release.dto';

@ContextController('reviews', 'reviews/:id/release')
export class ReleaseController implements OnModuleInit {
  constructor(
    private readonly map: MapService,
    private readonly files: FilesService,
    private readonly clearing: ClearingService,
    private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    receiveBytes(this.http.httpAdapter.getInstance<FastifyInstance>());
  }

  @Get()
  @Describe({ summary: 'Who is protected, and the files that are to leave', action: 'review.view-release' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.map.view(call, id);
  }

  @Post('people')
  @HttpCode(200)
  @Describe({ summary: 'Enter somebody who is protected', body: MapPersonDto, action: 'review.map-person' })
  keep(@Calling() call: Call, @Id() id: string) {
    return this.map.keep(call, id);
  }

  @Post('uploads')
  @Describe({ summary: 'Receive a file (application/octet-stream), at most 25 MB', action: 'release-file.upload' })
  upload(@Calling() call: Call, @Id() id: string) {
    return this.files.upload(call, id);
  }

  @Post('files')
  @HttpCode(200)
  @Describe({ summary: 'Look through an uploaded file', body: ScanFileDto, action: 'release-file.scan' })
  take(@Calling() call: Call, @Id() id: string) {
    return this.files.take(call, id);
  }

  @Post('files/:fileId/scans')
  @HttpCode(200)
  @Describe({ summary: 'Look through it again for whoever is protected now', action: 'release-file.scan' })
  again(@Calling() call: Call, @Id() id: string, @Id('fileId') fileId: string) {
    return this.files.again(call, id, fileId);
  }

  @Post('files/:fileId/clearings')
  @HttpCode(200)
  @Describe({ summary: 'Say why what was found is nothing', body: ClearHitDto, action: 'release-file.clear-hit' })
  clear(@Calling() call: Call, @Id() id: string, @Id('fileId') fileId: string) {
    return this.clearing.clear(call, id, fileId);
  }

  @Post('files/:fileId/release')
  @HttpCode(200)
  @Describe({ summary: 'Release it, as a second person', body: ReleaseFileDto, action: 'release-file.release' })
  release(@Calling() call: Call, @Id() id: string, @Id('fileId') fileId: string) {
    return this.clearing.release(call, id, fileId);
  }

  @Post('files/:fileId/withdrawal')
  @HttpCode(200)
  @Describe({ summary: 'Take it out of what is to leave', body: WithdrawFileDto, action: 'release-file.withdraw' })
  withdraw(@Calling() call: Call, @Id() id: string, @Id('fileId') fileId: string) {
    return this.clearing.withdraw(call, id, fileId);
  }

  @Get('files/:fileId/content')
  @Describe({
    summary: 'The file itself, as an attachment',
    action: 'release-file.open',
    produces: 'application/octet-stream',
  })
  async open(@Calling() call: Call, @Id() id: string, @Id('fileId') fileId: string) {
    const { name, type, bytes } = await this.clearing.open(call, id, fileId);
    return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"` });
  }
}
